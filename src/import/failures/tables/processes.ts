/** Reviewed failure rules of functions about processes, threads, memory, synchronization, modules, packages and installation. */
import type { ReviewedFunctions } from '../reviewed.js';

export const PROCESSES: readonly ReviewedFunctions[] = [
  {
    pages: 'processthreadsapi',
    failure: 'lastErrorIfZero',
    functions: `
      GetThreadContext SetThreadContext FlushInstructionCache ProcessIdToSessionId QueueUserAPC GetProcessTimes
      TerminateProcess GetExitCodeProcess CreateThread CreateRemoteThread OpenThread SetThreadPriority
      SetThreadPriorityBoost GetThreadPriorityBoost TerminateThread GetExitCodeThread TlsGetValue TlsSetValue TlsFree
      CreateProcessW SetProcessShutdownParameters GetProcessVersion CreateProcessAsUserW SetThreadToken
      OpenProcessToken OpenThreadToken SetPriorityClass GetPriorityClass SetThreadStackGuarantee GetProcessId
      GetThreadId GetProcessIdOfThread InitializeProcThreadAttributeList UpdateProcThreadAttribute
      SetProcessDynamicEHContinuationTargets SetProcessAffinityUpdateMode QueryProcessAffinityUpdateMode
      CreateRemoteThreadEx GetProcessMitigationPolicy SetProcessMitigationPolicy GetThreadTimes OpenProcess
      GetProcessHandleCount SetThreadIdealProcessorEx GetThreadIdealProcessorEx GetProcessPriorityBoost
      SetProcessPriorityBoost GetThreadIOPendingFlag GetSystemTimes GetThreadInformation SetThreadInformation
      IsProcessCritical SetProtectedPolicy SetProcessInformation GetProcessInformation GetProcessShutdownParameters
      GetProcessDefaultCpuSetMasks SetThreadSelectedCpuSetMasks
    `,
  },
  {
    pages: 'processthreadsapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'GetSystemCpuSetInformation GetProcessDefaultCpuSets GetThreadSelectedCpuSets',
  },
  {
    pages: 'processthreadsapi',
    failure: 'none',
    functions: `
      GetCurrentProcess GetCurrentProcessId GetCurrentThread GetCurrentThreadId IsProcessorFeaturePresent
      GetCurrentProcessorNumber
    `,
  },
  {
    pages: 'processthreadsapi',
    failure: { when: { notIn: [-15, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 15] }, code: 'lastError' },
    functions: 'GetThreadPriority',
  },
  {
    pages: 'processthreadsapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'SuspendThread ResumeThread TlsAlloc SetThreadIdealProcessor',
  },
  {
    pages: 'psapi',
    failure: 'lastErrorIfZero',
    functions: `
      K32EnumProcesses K32EnumProcessModules K32EnumProcessModulesEx K32GetModuleBaseNameW K32GetModuleFileNameExW
      K32GetModuleInformation K32EmptyWorkingSet K32InitializeProcessForWsWatch K32GetWsChanges K32GetWsChangesEx
      K32GetMappedFileNameW K32EnumDeviceDrivers K32GetDeviceDriverBaseNameW K32GetDeviceDriverFileNameW
      K32QueryWorkingSet K32QueryWorkingSetEx K32GetProcessMemoryInfo K32GetPerformanceInfo K32EnumPageFilesW
      K32GetProcessImageFileNameW
    `,
  },
  {
    pages: 'tlhelp32',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'CreateToolhelp32Snapshot',
  },
  {
    pages: 'tlhelp32',
    failure: 'lastErrorIfZero',
    absent: [18],
    functions: `
      Heap32ListFirst Heap32ListNext Heap32First Heap32Next Process32FirstW Process32NextW Process32First
      Process32Next Thread32First Thread32Next Module32FirstW Module32NextW Module32First Module32Next
    `,
  },
  {
    pages: 'jobapi',
    failure: 'lastErrorIfZero',
    functions: 'IsProcessInJob',
  },
  {
    pages: 'jobapi2',
    failure: 'lastErrorIfZero',
    functions: `
      CreateJobObjectW AssignProcessToJobObject TerminateJobObject SetInformationJobObject QueryInformationJobObject
    `,
  },
  {
    pages: 'memoryapi',
    failure: 'lastErrorIfZero',
    functions: `
      ReadProcessMemory WriteProcessMemory VirtualAlloc VirtualProtect VirtualFree VirtualQuery VirtualAllocEx
      VirtualProtectEx VirtualQueryEx CreateFileMappingW OpenFileMappingW MapViewOfFile MapViewOfFileEx VirtualFreeEx
      FlushViewOfFile UnmapViewOfFile GetProcessWorkingSetSizeEx SetProcessWorkingSetSizeEx VirtualLock VirtualUnlock
      CreateMemoryResourceNotification QueryMemoryResourceNotification GetSystemFileCacheSize SetSystemFileCacheSize
      CreateFileMappingNumaW PrefetchVirtualMemory CreateFileMappingFromApp MapViewOfFileFromApp UnmapViewOfFileEx
      AllocateUserPhysicalPages FreeUserPhysicalPages MapUserPhysicalPages AllocateUserPhysicalPagesNuma
      VirtualAllocExNuma GetMemoryErrorHandlingCapabilities UnregisterBadMemoryNotification SetProcessValidCallTargets
      VirtualAllocFromApp VirtualProtectFromApp OpenFileMappingFromApp QueryVirtualMemoryInformation
      MapViewOfFileNuma2 VirtualAlloc2 MapViewOfFile3 VirtualAlloc2FromApp MapViewOfFile3FromApp
      GetProcessWorkingSetSize SetProcessWorkingSetSize
    `,
  },
  {
    pages: 'memoryapi',
    failure: 'none',
    functions: 'GetLargePageMinimum',
  },
  {
    pages: 'memoryapi',
    failure: { when: 'nonzero', code: 'none' },
    functions: 'GetWriteWatch ResetWriteWatch',
  },
  {
    pages: 'memoryapi',
    failure: 'win32',
    functions: 'OfferVirtualMemory DiscardVirtualMemory',
  },
  {
    pages: 'heapapi',
    failure: 'lastErrorIfZero',
    functions: `
      HeapCreate HeapDestroy HeapFree GetProcessHeap HeapCompact HeapSetInformation HeapLock HeapUnlock
      HeapQueryInformation
    `,
  },
  {
    pages: 'heapapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'HeapAlloc HeapReAlloc',
  },
  {
    pages: 'heapapi',
    failure: { when: 'minusOne', code: 'none' },
    functions: 'HeapSize',
  },
  {
    pages: 'heapapi',
    failure: 'none',
    functions: 'HeapValidate',
  },
  {
    pages: 'heapapi',
    failure: 'lastErrorIfZero',
    absent: [259],
    functions: 'HeapWalk',
  },
  {
    pages: 'synchapi',
    failure: 'none',
    functions: `
      TryAcquireSRWLockExclusive TryAcquireSRWLockShared TryEnterCriticalSection SleepEx DeleteSynchronizationBarrier
    `,
  },
  {
    pages: 'synchapi',
    failure: 'lastErrorIfZero',
    functions: `
      InitializeCriticalSectionEx InitOnceExecuteOnce InitOnceComplete SleepConditionVariableCS
      SleepConditionVariableSRW SetEvent ResetEvent ReleaseSemaphore ReleaseMutex CreateMutexW OpenMutexW CreateEventW
      OpenEventW OpenSemaphoreW OpenWaitableTimerW SetWaitableTimerEx SetWaitableTimer CancelWaitableTimer
      CreateMutexExW CreateEventExW CreateSemaphoreExW CreateWaitableTimerExW InitializeSynchronizationBarrier
      WaitOnAddress CreateWaitableTimerW
    `,
  },
  {
    pages: 'synchapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: `
      WaitForSingleObject WaitForSingleObjectEx WaitForMultipleObjectsEx WaitForMultipleObjects SignalObjectAndWait
    `,
  },
  {
    pages: 'libloaderapi',
    failure: { when: 'minusOne', code: 'lastError' },
    absent: [0],
    functions: 'FindStringOrdinal',
  },
  {
    pages: 'libloaderapi',
    failure: 'lastErrorIfZero',
    functions: `
      DisableThreadLibraryCalls FindResourceExW FreeLibrary GetModuleFileNameW GetModuleHandleW GetModuleHandleExW
      GetProcAddress LoadLibraryExW LoadResource SizeofResource AddDllDirectory RemoveDllDirectory
      SetDefaultDllDirectories FindResourceW LoadLibraryW
    `,
  },
  {
    pages: 'libloaderapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'LockResource',
  },
  {
    pages: 'debugapi',
    failure: 'none',
    functions: 'IsDebuggerPresent',
  },
  {
    pages: 'debugapi',
    failure: 'lastErrorIfZero',
    functions: `
      ContinueDebugEvent WaitForDebugEvent DebugActiveProcess DebugActiveProcessStop CheckRemoteDebuggerPresent
      WaitForDebugEventEx
    `,
  },
  {
    pages: 'errhandlingapi',
    failure: 'none',
    functions: 'GetLastError GetErrorMode SetErrorMode GetThreadErrorMode',
  },
  {
    pages: 'errhandlingapi',
    failure: 'lastErrorIfZero',
    functions: 'SetThreadErrorMode',
  },
  {
    pages: 'wow64apiset',
    failure: 'lastErrorIfZero',
    functions: `
      Wow64DisableWow64FsRedirection Wow64RevertWow64FsRedirection Wow64GetThreadContext Wow64SetThreadContext
      GetSystemWow64DirectoryW GetSystemWow64Directory2W IsWow64Process IsWow64Process2
    `,
  },
  {
    pages: 'wow64apiset',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'Wow64SuspendThread',
  },
  {
    pages: 'minidumpapiset',
    failure: 'lastErrorIfZero',
    functions: 'MiniDumpWriteDump',
  },
  {
    pages: 'processtopologyapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'GetProcessGroupAffinity',
  },
  {
    pages: 'processtopologyapi',
    failure: 'lastErrorIfZero',
    functions: 'GetThreadGroupAffinity SetThreadGroupAffinity',
  },
  {
    pages: 'systemtopologyapi',
    failure: 'lastErrorIfZero',
    functions: 'GetNumaHighestNodeNumber GetNumaNodeProcessorMask2',
  },
  {
    pages: 'realtimeapiset',
    failure: 'lastErrorIfZero',
    functions: 'QueryThreadCycleTime QueryProcessCycleTime',
  },
  {
    pages: 'realtimeapiset',
    failure: { when: 'zero', code: 'none' },
    functions: 'QueryUnbiasedInterruptTime',
  },
  {
    pages: 'restartmanager',
    failure: 'win32',
    functions: `
      RmStartSession RmJoinSession RmEndSession RmRegisterResources RmShutdown RmRestart RmCancelCurrentTask
      RmAddFilter RmRemoveFilter
    `,
  },
  {
    pages: 'restartmanager',
    failure: 'win32',
    tooSmall: [234],
    functions: 'RmGetList RmGetFilterList',
  },
  {
    pages: 'appmodel',
    failure: 'win32',
    tooSmall: [122],
    functions: `
      GetCurrentPackageId GetCurrentPackageFullName GetCurrentPackageFamilyName GetCurrentPackagePath
      GetPackageFullName GetPackageFullNameFromToken GetPackageFamilyName GetPackageFamilyNameFromToken GetPackagePath
      GetPackagePathByFullName GetStagedPackagePathByFullName GetPackagePathByFullName2
      GetStagedPackagePathByFullName2 GetCurrentPackageInfo2 GetCurrentPackagePath2 GetCurrentApplicationUserModelId
      GetApplicationUserModelId GetApplicationUserModelIdFromToken PackageIdFromFullName PackageFullNameFromId
      PackageFamilyNameFromId PackageFamilyNameFromFullName PackageNameAndPublisherIdFromFamilyName
      FormatApplicationUserModelId ParseApplicationUserModelId GetPackagesByPackageFamily FindPackagesByPackageFamily
      GetCurrentPackageInfo GetPackageInfo GetPackageApplicationIds GetPackageInfo2
    `,
  },
  {
    pages: 'appmodel',
    failure: 'win32',
    functions: 'GetStagedPackageOrigin OpenPackageInfoByFullName ClosePackageInfo',
  },
  {
    pages: 'msi',
    failure: 'win32',
    functions: `
      MsiCloseHandle MsiEnableLogW MsiInstallProductW MsiConfigureProductW MsiConfigureProductExW MsiReinstallProductW
      MsiAdvertiseProductExW MsiAdvertiseProductW MsiProcessAdvertiseScriptW MsiAdvertiseScriptW MsiGetProductCodeW
      MsiCollectUserInfoW MsiApplyPatchW MsiRemovePatchesW MsiApplyMultiplePatchesW MsiDeterminePatchSequenceW
      MsiDetermineApplicablePatchesW MsiQueryFeatureStateExW MsiGetFeatureUsageW MsiConfigureFeatureW
      MsiReinstallFeatureW MsiProvideQualifiedComponentW MsiProvideQualifiedComponentExW MsiOpenProductW
      MsiOpenPackageW MsiOpenPackageExW MsiGetPatchFileListW MsiVerifyPackageW MsiInstallMissingComponentW
      MsiInstallMissingFileW MsiSourceListClearAllW MsiSourceListAddSourceW MsiSourceListForceResolutionW
      MsiSourceListAddSourceExW MsiSourceListAddMediaDiskW MsiSourceListClearSourceW MsiSourceListClearMediaDiskW
      MsiSourceListClearAllExW MsiSourceListForceResolutionExW MsiSourceListSetInfoW MsiGetFileVersionW
      MsiGetFileHashW MsiIsProductElevatedW MsiNotifySidChangeW MsiBeginTransactionW MsiEndTransaction
      MsiJoinTransaction
    `,
  },
  {
    pages: 'msi',
    failure: 'none',
    functions: 'MsiCloseAllHandles MsiSetInternalUI',
  },
  {
    pages: 'msi',
    failure: 'win32',
    tooSmall: [234],
    functions: `
      MsiGetProductInfoW MsiGetProductInfoExW MsiGetProductInfoFromScriptW MsiGetPatchInfoW MsiExtractPatchXMLDataW
      MsiGetPatchInfoExW MsiProvideComponentW MsiProvideAssemblyW MsiQueryComponentStateW MsiGetProductPropertyW
      MsiGetFeatureInfoW MsiSourceListGetInfoW
    `,
  },
  {
    pages: 'msi',
    failure: 'win32',
    absent: [259],
    tooSmall: [234],
    functions: `
      MsiEnumPatchesW MsiEnumPatchesExW MsiEnumProductsExW MsiEnumFeaturesW MsiEnumComponentsExW MsiEnumClientsExW
      MsiEnumComponentQualifiersW MsiSourceListEnumSourcesW MsiSourceListEnumMediaDisksW
    `,
  },
  {
    pages: 'msi',
    failure: 'win32',
    absent: [259],
    functions: 'MsiEnumProductsW MsiEnumRelatedProductsW MsiEnumComponentsW MsiEnumClientsW',
  },
];
