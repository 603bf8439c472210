/** Reviewed failure rules of functions about files, volumes, pipes, virtual disks, paths and the shell. */
import type { ReviewedFunctions } from '../reviewed.js';

export const FILES: readonly ReviewedFunctions[] = [
  // These pages refer to the function without FromApp, whose page has the code of absence.
  {
    pages: 'fileapifromapp',
    failure: 'lastErrorIfZero',
    functions: `
      CopyFileFromAppW CreateDirectoryFromAppW DeleteFileFromAppW GetFileAttributesExFromAppW MoveFileFromAppW
      RemoveDirectoryFromAppW ReplaceFileFromAppW SetFileAttributesFromAppW
    `,
  },
  {
    pages: 'fileapifromapp',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'CreateFileFromAppW CreateFile2FromAppW',
  },
  {
    pages: 'fileapifromapp',
    failure: 'lastErrorIfInvalidHandle',
    absent: [2],
    functions: 'FindFirstFileExFromAppW',
  },
  {
    pages: 'fileapi',
    failure: 'none',
    functions: 'CompareFileTime GetDriveTypeW AreFileApisANSI',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    functions: `
      CreateDirectoryW DefineDosDeviceW DeleteFileW DeleteVolumeMountPointW FileTimeToLocalFileTime FindClose
      FindCloseChangeNotification FindNextChangeNotification FindVolumeClose FlushFileBuffers GetDiskFreeSpaceW
      GetDiskFreeSpaceExW GetFileAttributesExW GetFileInformationByHandle GetFileSizeEx GetFinalPathNameByHandleW
      GetFileTime GetFullPathNameW GetLogicalDrives GetLogicalDriveStringsW GetLongPathNameW GetShortPathNameW
      GetTempFileNameW GetVolumeInformationByHandleW GetVolumeInformationW GetVolumePathNameW LocalFileTimeToFileTime
      LockFile LockFileEx ReadFileEx ReadFileScatter RemoveDirectoryW SetEndOfFile SetFileAttributesW
      SetFileInformationByHandle SetFilePointerEx SetFileTime SetFileValidData UnlockFile UnlockFileEx WriteFile
      WriteFileEx WriteFileGather GetTempPathW GetVolumeNameForVolumeMountPointW SetFileIoOverlappedRange
    `,
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'CreateFileW FindFirstChangeNotificationW FindFirstVolumeW CreateFile2 FindFirstFileNameW',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfInvalidHandle',
    absent: [2],
    functions: 'FindFirstFileW FindFirstFileExW',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    absent: [18],
    functions: 'FindNextFileW FindNextVolumeW',
  },
  {
    pages: 'fileapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'GetFileAttributesW',
  },
  {
    pages: 'fileapi',
    failure: { when: 'minusOne', code: 'lastError', success: [0] },
    functions: 'GetFileSize SetFilePointer GetCompressedFileSizeW',
  },
  {
    pages: 'fileapi',
    failure: { when: 'zero', code: 'lastError', success: [0] },
    functions: 'GetFileType',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'QueryDosDeviceW',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    more: [234],
    functions: 'ReadFile',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: 'GetVolumePathNamesForVolumeNameW',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfInvalidHandle',
    absent: [38],
    functions: 'FindFirstStreamW',
  },
  {
    pages: 'fileapi',
    failure: 'lastErrorIfZero',
    absent: [38],
    functions: 'FindNextStreamW FindNextFileNameW',
  },
  {
    pages: 'virtdisk',
    failure: 'win32',
    functions: `
      OpenVirtualDisk CreateVirtualDisk AttachVirtualDisk DetachVirtualDisk GetVirtualDiskPhysicalPath
      GetStorageDependencyInformation GetVirtualDiskInformation SetVirtualDiskInformation EnumerateVirtualDiskMetadata
      GetVirtualDiskMetadata SetVirtualDiskMetadata DeleteVirtualDiskMetadata GetVirtualDiskOperationProgress
      CompactVirtualDisk MergeVirtualDisk ExpandVirtualDisk ResizeVirtualDisk MirrorVirtualDisk BreakMirrorVirtualDisk
      AddVirtualDiskParent QueryChangesVirtualDisk TakeSnapshotVhdSet DeleteSnapshotVhdSet ModifyVhdSet
      ApplySnapshotVhdSet RawSCSIVirtualDisk
    `,
  },
  {
    pages: 'namedpipeapi',
    failure: 'lastErrorIfZero',
    functions: `
      CreatePipe DisconnectNamedPipe SetNamedPipeHandleState PeekNamedPipe WaitNamedPipeW
      GetNamedPipeClientComputerNameW ImpersonateNamedPipeClient GetNamedPipeInfo
    `,
  },
  {
    pages: 'namedpipeapi',
    failure: { when: 'zero', code: 'lastError', success: [535] },
    functions: 'ConnectNamedPipe',
  },
  {
    pages: 'namedpipeapi',
    failure: 'lastErrorIfZero',
    more: [234],
    functions: 'TransactNamedPipe',
  },
  {
    pages: 'namedpipeapi',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'CreateNamedPipeW',
  },
  {
    pages: 'ioapiset',
    failure: 'lastErrorIfZero',
    functions: `
      CreateIoCompletionPort GetQueuedCompletionStatus PostQueuedCompletionStatus DeviceIoControl GetOverlappedResult
      CancelIoEx CancelIo GetOverlappedResultEx CancelSynchronousIo
    `,
  },
  {
    pages: 'winver',
    failure: 'lastErrorIfZero',
    functions: 'GetFileVersionInfoSizeW GetFileVersionInfoW GetFileVersionInfoSizeExW GetFileVersionInfoExW',
  },
  {
    pages: 'winver',
    failure: { when: 'zero', code: 'none' },
    functions: 'VerQueryValueW',
  },
  {
    pages: 'shlwapi',
    failure: 'none',
    functions: `
      StrCmpNW StrCmpNIW StrIsIntlEqualW StrTrimW StrCmpW StrCmpIW ChrCmpIW StrCmpLogicalW IsCharSpaceW
      PathAddExtensionW PathFileExistsW PathIsLFNFileSpecW PathIsDirectoryW PathIsDirectoryEmptyW PathIsFileSpecW
      PathIsPrefixW PathIsRelativeW PathIsRootW PathIsSameRootW PathIsUNCW PathIsNetworkPathW PathIsUNCServerW
      PathIsUNCServerShareW PathIsContentTypeW PathIsURLW PathMakePrettyW PathMatchSpecW PathQuoteSpacesW
      PathRemoveFileSpecW PathStripToRootW PathIsSystemFolderW UrlIsOpaqueW UrlIsNoHistoryW UrlIsW SHRegGetIntW
      SHRegGetBoolUSValueW AssocIsDangerous IsOS SHIsLowMemoryMachine SHSkipJunction IsInternetESCEnabled
    `,
  },
  {
    pages: 'shlwapi',
    failure: 'hresult',
    functions: `
      StrFormatByteSizeEx SHStrDupW SHLoadIndirectString UrlCombineW UrlCanonicalizeW UrlUnescapeW UrlEscapeW
      UrlCreateFromPathW PathCreateFromUrlW PathCreateFromUrlAlloc UrlHashW UrlGetPartW UrlApplySchemeW HashData
      ParseURLW AssocQueryStringW AssocQueryKeyW AssocGetPerceivedType GetAcceptLanguagesW
    `,
  },
  {
    pages: 'shlwapi',
    failure: 'lastErrorIfZero',
    functions: 'PathCanonicalizeW SHFreeShared SHUnlockShared SHCreateThread',
  },
  {
    pages: 'shlwapi',
    failure: 'win32',
    functions: `
      SHDeleteEmptyKeyW SHDeleteKeyW SHDeleteValueW SHGetValueW SHSetValueW SHRegGetValueW SHQueryValueExW
      SHQueryInfoKeyW SHCopyKeyW SHRegGetPathW SHRegSetPathW
    `,
  },
  {
    pages: 'shlwapi',
    failure: 'win32',
    absent: [259],
    functions: 'SHEnumKeyExW SHEnumValueW',
  },
  {
    pages: 'shlobj_core',
    failure: 'none',
    functions: 'ILIsEqual ILIsParent PathIsExe SHValidateUNC IsUserAnAdmin',
  },
  {
    pages: 'shlobj_core',
    failure: { when: 'zero', code: 'none' },
    functions: 'SHGetPathFromIDListEx SHGetPathFromIDListW SHGetSpecialFolderPathW',
  },
  {
    pages: 'shlobj_core',
    failure: 'win32',
    functions: 'SHCreateDirectory SHCreateDirectoryExW',
  },
  {
    pages: 'shlobj_core',
    failure: 'hresult',
    functions: 'SHGetFolderPathW SHGetFolderPathAndSubDirW SHSetKnownFolderPath SHGetKnownFolderPath',
  },
  {
    pages: 'shlobj_core',
    failure: { when: 'minusOne', code: 'none' },
    functions: 'Shell_GetCachedImageIndexW',
  },
  {
    pages: 'shlobj',
    failure: 'none',
    functions: 'PathIsSlowW',
  },
  {
    pages: 'shellapi',
    failure: 'lastErrorIfZero',
    functions: 'CommandLineToArgvW ShellExecuteExW',
  },
  {
    pages: 'shellapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'ExtractAssociatedIconW Shell_NotifyIconW SHGetDiskFreeSpaceExW',
  },
  {
    pages: 'shellapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'ExtractIconExW',
  },
  {
    pages: 'shellapi',
    failure: { when: 'nonzero', code: 'returned' },
    functions: 'SHFileOperationW',
  },
  {
    pages: 'shellapi',
    failure: 'hresult',
    functions: 'SHQueryRecycleBinW SHEmptyRecycleBinW',
  },
];
