/** Reviewed failure rules of functions about services, registry, event log, time, power, performance, console and languages. */
import type { ReviewedFunctions } from '../reviewed.js';

export const SYSTEM: readonly ReviewedFunctions[] = [
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    functions: `
      GetFileAttributesTransactedW ClearCommBreak ClearCommError SetupComm EscapeCommFunction GetCommMask GetCommProperties GetCommModemStatus
      GetCommState GetCommTimeouts PurgeComm SetCommBreak SetCommMask SetCommState SetCommTimeouts TransmitCommChar
      WaitCommEvent BuildCommDCBW BuildCommDCBAndTimeoutsW AddConditionalAce LookupPrivilegeValueW LogonUserW
      LogonUserExW GetBinaryTypeW GetLongPathNameTransactedW SetFileCompletionNotificationModes SetFileShortNameW
      EncryptFileW DecryptFileW FileEncryptionStatusW BackupRead BackupSeek BackupWrite SetSearchPathMode
      CreateDirectoryExW CreateDirectoryTransactedW RemoveDirectoryTransactedW GetFullPathNameTransactedW
      SetFileAttributesTransactedW DeleteFileTransactedW CheckNameLegalDOS8Dot3W CopyFileExW CopyFileTransactedW
      MoveFileExW MoveFileWithProgressW MoveFileTransactedW ReplaceFileW CreateHardLinkTransactedW SetVolumeLabelW
      SetFileBandwidthReservation GetFileBandwidthReservation ReadDirectoryChangesW ReadDirectoryChangesExW
      FindVolumeMountPointClose SetVolumeMountPointW GetFileInformationByHandleEx CreateSymbolicLinkW OperationStart
      OperationEnd GlobalAddAtomW GlobalFindAtomW GlobalGetAtomNameW AddAtomW FindAtomW GetAtomNameW
      GetThreadSelectorEntry Wow64GetThreadSelectorEntry DebugSetProcessKillOnExit DebugBreakProcess FormatMessageW
      CopyContext InitializeContext ClearEventLogW BackupEventLogW CloseEventLog DeregisterEventSource
      NotifyChangeEventLog GetNumberOfEventLogRecords GetOldestEventLogRecord OpenEventLogW RegisterEventSourceW
      OpenBackupEventLogW ReportEventW OpenJobObjectW LoadPackagedLibrary BeginUpdateResourceW UpdateResourceW
      EndUpdateResourceW SetDllDirectoryW GetDllDirectoryW GetMailslotInfo SetMailslotInfo GlobalAlloc GlobalReAlloc
      GlobalSize GlobalUnlock GlobalLock GlobalHandle LocalAlloc LocalReAlloc LocalLock LocalHandle LocalUnlock
      LocalSize MapViewOfFileExNuma MapUserPhysicalPagesScatter AddSecureMemoryCacheCallback GetNamedPipeHandleStateW
      GetNamedPipeClientProcessId GetNamedPipeClientSessionId GetNamedPipeServerProcessId GetNamedPipeServerSessionId
      PowerSetRequest PowerClearRequest SetSystemPowerState GetSystemPowerStatus GetFirmwareType CreateSemaphoreW
      GetProcessAffinityMask SetProcessAffinityMask GetProcessIoCounters ConvertFiberToThread CreateFiberEx
      ConvertThreadToFiberEx CreateFiber ConvertThreadToFiber SetThreadAffinityMask SetProcessDEPPolicy
      GetProcessDEPPolicy PulseEvent CreateProcessWithLogonW CreateProcessWithTokenW RegisterWaitForSingleObject
      UnregisterWait AddIntegrityLabelToBoundaryDescriptor GetActiveProcessorCount GetMaximumProcessorCount
      GetNumaProcessorNode GetNumaNodeNumberFromHandle GetNumaProcessorNodeEx GetNumaNodeProcessorMask
      GetNumaAvailableMemoryNode GetNumaAvailableMemoryNodeEx GetNumaProximityNode GetSystemRegistryQuota
      FileTimeToDosDateTime DosDateTimeToFileTime GetFirmwareEnvironmentVariableW GetFirmwareEnvironmentVariableExW
      SetFirmwareEnvironmentVariableW SetFirmwareEnvironmentVariableExW IsNativeVhdBoot WriteProfileStringW
      WriteProfileSectionW WritePrivateProfileStringW WritePrivateProfileSectionW GetComputerNameW
      GetCurrentHwProfileW
    `,
  },
  {
    pages: 'winbase',
    failure: 'none',
    functions: `
      lstrcmpW lstrcmpiW IsTextUnicode IsSystemResumeAutomatic WTSGetActiveConsoleSessionId GetProfileIntW
      GetProfileStringW GetProfileSectionW GetPrivateProfileIntW GetPrivateProfileStringW GetPrivateProfileSectionW
      GetPrivateProfileSectionNamesW
    `,
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      LookupAccountSidW LookupAccountNameW LookupPrivilegeNameW LookupPrivilegeDisplayNameW GetEventLogInformation
      QueryFullProcessImageNameW GetUserNameW
    `,
  },
  {
    pages: 'winbase',
    failure: 'win32',
    functions: 'OpenEncryptedFileRawW ReadEncryptedFileRaw WriteEncryptedFileRaw',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfInvalidHandle',
    functions: `
      CreateFileTransactedW ReOpenFile FindFirstFileNameTransactedW OpenFileById CreateMailslotW PowerCreateRequest
    `,
  },
  {
    pages: 'winbase',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'GetCompressedFileSizeTransactedW',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfInvalidHandle',
    absent: [2],
    functions: 'FindFirstFileTransactedW',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfInvalidHandle',
    absent: [38],
    functions: 'FindFirstStreamTransactedW',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfInvalidHandle',
    absent: [18],
    functions: 'FindFirstVolumeMountPointW',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    absent: [18],
    functions: 'FindNextVolumeMountPointW',
  },
  {
    pages: 'winbase',
    failure: { when: 'zero', code: 'lastError', success: [0] },
    functions: 'GlobalDeleteAtom',
  },
  {
    pages: 'winbase',
    failure: { when: 'nonzero', code: 'lastError' },
    functions: 'DeleteAtom GlobalFree LocalFree',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    absent: [38],
    tooSmall: [122],
    functions: 'ReadEventLogW',
  },
  {
    pages: 'winbase',
    failure: { when: { mask: 32768 }, code: 'lastError' },
    functions: 'GlobalFlags LocalFlags',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    more: [234],
    functions: 'CallNamedPipeW',
  },
  {
    pages: 'winbase',
    failure: { when: 'zero', code: 'none' },
    functions: 'SetThreadExecutionState GetDevicePowerState',
  },
  {
    pages: 'winbase',
    failure: { when: 'zero', code: 'lastError', success: [1150] },
    functions: 'VerifyVersionInfoW',
  },
  {
    pages: 'winbase',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: 'DnsHostnameToComputerNameW',
  },
  {
    pages: 'winreg',
    failure: 'win32',
    functions: `
      RegCloseKey RegOverridePredefKey RegOpenUserClassesRoot RegOpenCurrentUser RegDisablePredefinedCache
      RegDisablePredefinedCacheEx RegConnectRegistryW RegCreateKeyW RegCreateKeyExW RegCreateKeyTransactedW
      RegDeleteKeyW RegDeleteKeyExW RegDeleteKeyTransactedW RegDisableReflectionKey RegEnableReflectionKey
      RegQueryReflectionKey RegDeleteValueW RegFlushKey RegLoadKeyW RegNotifyChangeKeyValue RegOpenKeyW RegOpenKeyExW
      RegOpenKeyTransactedW RegReplaceKeyW RegRestoreKeyW RegRenameKey RegSaveKeyW RegSetKeySecurity RegSetValueW
      RegSetValueExW RegUnLoadKeyW RegDeleteKeyValueW RegSetKeyValueW RegDeleteTreeW RegCopyTreeW RegLoadAppKeyW
      RegSaveKeyExW InitiateShutdownW
    `,
  },
  {
    pages: 'winreg',
    failure: 'win32',
    absent: [259],
    tooSmall: [234],
    functions: 'RegEnumKeyW RegEnumKeyExW RegEnumValueW',
  },
  {
    pages: 'winreg',
    failure: 'win32',
    tooSmall: [122],
    functions: 'RegGetKeySecurity',
  },
  {
    pages: 'winreg',
    failure: 'win32',
    tooSmall: [234],
    functions: `
      RegQueryInfoKeyW RegQueryValueW RegQueryMultipleValuesW RegQueryValueExW RegGetValueW RegLoadMUIStringW
    `,
  },
  {
    pages: 'winreg',
    failure: 'lastErrorIfZero',
    functions: 'InitiateSystemShutdownW AbortSystemShutdownW InitiateSystemShutdownExW',
  },
  {
    pages: 'winsvc',
    failure: 'lastErrorIfZero',
    functions: `
      ChangeServiceConfigW ChangeServiceConfig2W CloseServiceHandle ControlService CreateServiceW DeleteService
      LockServiceDatabase NotifyBootConfigStatus OpenSCManagerW OpenServiceW QueryServiceStatus
      RegisterServiceCtrlHandlerW RegisterServiceCtrlHandlerExW SetServiceObjectSecurity SetServiceStatus
      StartServiceCtrlDispatcherW StartServiceW UnlockServiceDatabase ControlServiceExW QueryServiceDynamicInformation
    `,
  },
  {
    pages: 'winsvc',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: 'EnumDependentServicesW',
  },
  {
    pages: 'winsvc',
    failure: 'lastErrorIfZero',
    more: [234],
    functions: 'EnumServicesStatusW EnumServicesStatusExW',
  },
  {
    pages: 'winsvc',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      GetServiceKeyNameW GetServiceDisplayNameW QueryServiceConfigW QueryServiceConfig2W QueryServiceLockStatusW
      QueryServiceObjectSecurity QueryServiceStatusEx
    `,
  },
  {
    pages: 'winsvc',
    failure: 'win32',
    functions: 'NotifyServiceStatusChangeW',
  },
  {
    pages: 'winevt',
    failure: 'lastErrorIfZero',
    functions: `
      EvtOpenSession EvtClose EvtCancel EvtQuery EvtSeek EvtSubscribe EvtCreateRenderContext EvtOpenLog EvtClearLog
      EvtExportLog EvtArchiveExportedLog EvtOpenChannelEnum EvtOpenChannelConfig EvtSaveChannelConfig
      EvtSetChannelConfigProperty EvtOpenPublisherEnum EvtOpenPublisherMetadata EvtOpenEventMetadataEnum
      EvtGetObjectArraySize EvtCreateBookmark EvtUpdateBookmark
    `,
  },
  {
    pages: 'winevt',
    failure: 'win32',
    tooSmall: [122],
    functions: 'EvtGetExtendedStatus',
  },
  {
    pages: 'winevt',
    failure: 'lastErrorIfZero',
    absent: [259],
    functions: 'EvtNext EvtNextEventMetadata',
  },
  {
    pages: 'winevt',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      EvtRender EvtFormatMessage EvtGetLogInfo EvtGetChannelConfigProperty EvtGetPublisherMetadataProperty
      EvtGetEventMetadataProperty EvtGetObjectArrayProperty EvtGetQueryInfo EvtGetEventInfo
    `,
  },
  {
    pages: 'winevt',
    failure: 'lastErrorIfZero',
    absent: [259],
    tooSmall: [122],
    functions: 'EvtNextChannelPath EvtNextPublisherId',
  },
  {
    pages: 'evntrace',
    failure: 'win32',
    functions: `
      StartTraceW StopTraceW QueryTraceW FlushTraceW ControlTraceW EnableTrace EnableTraceEx EnableTraceEx2
      TraceSetInformation TraceQueryInformation RegisterTraceGuidsW UnregisterTraceGuids ProcessTrace
    `,
  },
  {
    pages: 'evntrace',
    failure: 'win32',
    tooSmall: [234],
    functions: 'QueryAllTracesW',
  },
  {
    pages: 'evntrace',
    failure: { when: 'nonzero', code: 'win32', success: [7007] },
    functions: 'CloseTrace',
  },
  {
    pages: 'tdh',
    failure: 'win32',
    functions: `
      TdhCreatePayloadFilter TdhDeletePayloadFilter TdhAggregatePayloadFilters TdhCleanupPayloadEventFilterDescriptor
      TdhLoadManifest TdhLoadManifestFromMemory TdhUnloadManifest TdhUnloadManifestFromMemory TdhOpenDecodingHandle
      TdhSetDecodingParameter TdhCloseDecodingHandle TdhLoadManifestFromBinary
    `,
  },
  {
    pages: 'tdh',
    failure: 'win32',
    tooSmall: [122],
    functions: `
      TdhGetEventInformation TdhGetEventMapInformation TdhGetPropertySize TdhGetProperty TdhEnumerateProviders
      TdhEnumerateProvidersForDecodingSource TdhQueryProviderFieldInformation TdhEnumerateProviderFieldInformation
      TdhEnumerateProviderFilters TdhFormatProperty TdhGetDecodingParameter TdhGetWppProperty TdhGetWppMessage
      TdhEnumerateManifestProviderEvents TdhGetManifestEventInformation
    `,
  },
  {
    pages: 'sysinfoapi',
    failure: 'lastErrorIfZero',
    functions: `
      InstallELAMCertificateInfo GlobalMemoryStatusEx SetLocalTime GetSystemTimeAdjustment
      GetSystemTimeAdjustmentPrecise GetSystemDirectoryW GetWindowsDirectoryW GetSystemWindowsDirectoryW
      SetComputerNameExW SetSystemTime GetVersionExW EnumSystemFirmwareTables GetSystemFirmwareTable
      GetPhysicallyInstalledSystemMemory SetSystemTimeAdjustment SetSystemTimeAdjustmentPrecise SetComputerNameW
    `,
  },
  {
    pages: 'sysinfoapi',
    failure: 'none',
    functions: 'IsUserCetAvailableInEnvironment GetVersion GetTickCount GetTickCount64',
  },
  {
    pages: 'sysinfoapi',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: 'GetComputerNameExW',
  },
  {
    pages: 'sysinfoapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'GetLogicalProcessorInformation GetLogicalProcessorInformationEx GetProcessorSystemCycleTime',
  },
  {
    pages: 'sysinfoapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'GetProductInfo',
  },
  {
    pages: 'timezoneapi',
    failure: 'lastErrorIfZero',
    functions: `
      SystemTimeToTzSpecificLocalTime TzSpecificLocalTimeToSystemTime FileTimeToSystemTime SystemTimeToFileTime
      SetTimeZoneInformation SetDynamicTimeZoneInformation GetTimeZoneInformationForYear
      SystemTimeToTzSpecificLocalTimeEx TzSpecificLocalTimeToSystemTimeEx
    `,
  },
  {
    pages: 'timezoneapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'GetTimeZoneInformation GetDynamicTimeZoneInformation',
  },
  {
    pages: 'timezoneapi',
    failure: 'win32',
    absent: [259],
    functions: 'EnumDynamicTimeZoneInformation',
  },
  {
    pages: 'timezoneapi',
    failure: 'win32',
    functions: 'GetDynamicTimeZoneInformationEffectiveYears',
  },
  {
    pages: 'profileapi',
    failure: 'lastErrorIfZero',
    functions: 'QueryPerformanceCounter QueryPerformanceFrequency',
  },
  {
    pages: 'utilapiset',
    failure: 'lastErrorIfZero',
    functions: 'Beep',
  },
  {
    pages: 'processenv',
    failure: 'lastErrorIfZero',
    functions: `
      SearchPathW GetEnvironmentStringsW FreeEnvironmentStringsW GetEnvironmentVariableW SetEnvironmentVariableW
      ExpandEnvironmentStringsW
    `,
  },
  {
    pages: 'processenv',
    failure: 'none',
    functions: 'GetCommandLineW NeedCurrentDirectoryForExePathW',
  },
  {
    pages: 'handleapi',
    failure: 'lastErrorIfZero',
    functions: 'CloseHandle DuplicateHandle GetHandleInformation SetHandleInformation',
  },
  {
    pages: 'handleapi',
    failure: 'none',
    functions: 'CompareObjectHandles',
  },
  {
    pages: 'winternl',
    failure: 'none',
    functions: 'RtlNtStatusToDosError RtlIsNameLegalDOS8Dot3',
  },
  {
    pages: 'winternl',
    failure: 'ntstatus',
    functions: `
      NtCreateFile NtQueryInformationThread NtClose NtOpenFile NtRenameKey NtQueryMultipleValueKey NtSetInformationKey
      NtDeviceIoControlFile NtWaitForSingleObject NtQuerySystemTime
    `,
  },
  {
    pages: 'winternl',
    failure: 'ntstatus',
    tooSmall: [0xc0000004],
    functions: 'NtQueryInformationProcess NtQueryObject NtQuerySystemInformation',
  },
  {
    pages: 'windows-hardware/drivers/ddi/wdm',
    failure: 'ntstatus',
    functions: `
      NtCreateKey NtOpenKey NtDeleteKey NtDeleteValueKey NtSetValueKey NtQueryInformationFile NtSetInformationFile
    `,
  },
  {
    pages: 'windows-hardware/drivers/ddi/wdm',
    failure: 'ntstatus',
    absent: [0x8000001a],
    tooSmall: [0x80000005, 0xc0000023],
    functions: 'NtEnumerateKey NtEnumerateValueKey',
  },
  {
    pages: 'windows-hardware/drivers/ddi/wdm',
    failure: 'ntstatus',
    tooSmall: [0x80000005, 0xc0000023],
    functions: 'NtQueryKey NtQueryValueKey',
  },
  {
    pages: 'windows-hardware/drivers/ddi/ntifs',
    failure: 'ntstatus',
    functions: 'NtDuplicateObject NtQueryEaFile NtSetEaFile',
  },
  {
    pages: 'powrprof',
    failure: 'lastErrorIfZero',
    functions: `
      GetPwrDiskSpindownRange EnumPwrSchemes ReadGlobalPwrPolicy ReadPwrScheme WritePwrScheme WriteGlobalPwrPolicy
      DeletePwrScheme GetActivePwrScheme SetActivePwrScheme SetSuspendState GetCurrentPowerPolicies
      ReadProcessorPwrScheme WriteProcessorPwrScheme DevicePowerSetDeviceState
    `,
  },
  {
    pages: 'powrprof',
    failure: 'none',
    functions: `
      IsPwrSuspendAllowed IsPwrHibernateAllowed IsPwrShutdownAllowed PowerIsSettingRangeDefined
      PowerReadSettingAttributes PowerDeterminePlatformRole
    `,
  },
  {
    pages: 'powrprof',
    failure: { when: 'zero', code: 'lastError', success: [5] },
    functions: 'CanUserWritePwrScheme',
  },
  {
    pages: 'powrprof',
    failure: 'win32',
    functions: `
      PowerSettingAccessCheckEx PowerSettingAccessCheck PowerReadACValueIndex PowerReadDCValueIndex PowerReadValueMin
      PowerReadValueMax PowerReadValueIncrement PowerReadACDefaultIndex PowerReadDCDefaultIndex PowerWriteFriendlyName
      PowerWriteDescription PowerWritePossibleValue PowerWritePossibleFriendlyName PowerWritePossibleDescription
      PowerWriteValueMin PowerWriteValueMax PowerWriteValueIncrement PowerWriteValueUnitsSpecifier
      PowerWriteACDefaultIndex PowerWriteDCDefaultIndex PowerWriteIconResourceSpecifier PowerWriteSettingAttributes
      PowerDuplicateScheme PowerImportPowerScheme PowerDeleteScheme PowerRemovePowerSetting PowerCreateSetting
      PowerCreatePossibleSetting PowerCanRestoreIndividualDefaultPowerScheme PowerRestoreIndividualDefaultPowerScheme
      PowerRestoreDefaultPowerSchemes PowerReplaceDefaultPowerSchemes PowerReportThermalEvent
    `,
  },
  {
    pages: 'powrprof',
    failure: 'win32',
    tooSmall: [234],
    functions: `
      PowerReadFriendlyName PowerReadDescription PowerReadPossibleValue PowerReadPossibleFriendlyName
      PowerReadPossibleDescription PowerReadValueUnitsSpecifier PowerReadIconResourceSpecifier
    `,
  },
  {
    pages: 'powrprof',
    failure: 'win32',
    absent: [259],
    tooSmall: [234],
    functions: 'PowerEnumerate',
  },
  {
    pages: 'powerbase',
    failure: 'ntstatus',
    tooSmall: [0xc0000023],
    functions: 'CallNtPowerInformation',
  },
  {
    pages: 'powerbase',
    failure: 'lastErrorIfZero',
    functions: 'GetPwrCapabilities',
  },
  {
    pages: 'powerbase',
    failure: 'none',
    functions: 'PowerDeterminePlatformRoleEx',
  },
  {
    pages: 'powerbase',
    failure: 'win32',
    functions: 'PowerRegisterSuspendResumeNotification PowerUnregisterSuspendResumeNotification',
  },
  {
    pages: 'powersetting',
    failure: 'win32',
    tooSmall: [234],
    functions: 'PowerReadACValue PowerReadDCValue',
  },
  {
    pages: 'powersetting',
    failure: 'win32',
    functions: `
      PowerWriteACValueIndex PowerWriteDCValueIndex PowerGetActiveScheme PowerSetActiveScheme
      PowerSettingRegisterNotification PowerSettingUnregisterNotification
    `,
  },
  {
    pages: 'pdh',
    failure: 'win32',
    functions: `
      PdhGetDllVersion PdhOpenQueryW PdhAddCounterW PdhAddEnglishCounterW PdhCollectQueryDataWithTime
      PdhValidatePathExW PdhRemoveCounter PdhCollectQueryData PdhCloseQuery PdhGetFormattedCounterValue
      PdhGetRawCounterValue PdhCalculateCounterFromRawValue PdhComputeCounterStatistics PdhSetCounterScaleFactor
      PdhConnectMachineW PdhValidatePathW PdhBrowseCountersW PdhLookupPerfIndexByNameW PdhOpenLogW PdhUpdateLogW
      PdhUpdateLogFileCatalog PdhGetLogFileSize PdhCloseLog PdhSelectDataSourceW PdhSetQueryTimeRange
      PdhGetDataSourceTimeRangeW PdhCollectQueryDataEx PdhFormatFromRawValue PdhGetCounterTimeBase
      PdhSetDefaultRealTimeDataSource PdhBindInputDataSourceW PdhOpenQueryH PdhGetDataSourceTimeRangeH
      PdhBrowseCountersHW
    `,
  },
  {
    pages: 'pdh',
    failure: 'win32',
    tooSmall: [0x800007d2],
    functions: `
      PdhGetFormattedCounterArrayW PdhGetRawCounterArrayW PdhGetCounterInfoW PdhEnumMachinesW PdhEnumObjectsW
      PdhEnumObjectItemsW PdhMakeCounterPathW PdhParseCounterPathW PdhParseInstanceNameW PdhGetDefaultPerfObjectW
      PdhGetDefaultPerfCounterW PdhExpandCounterPathW PdhLookupPerfNameByIndexW PdhExpandWildCardPathW
      PdhReadRawLogRecord PdhEnumMachinesHW PdhEnumObjectsHW PdhEnumObjectItemsHW PdhExpandWildCardPathHW
      PdhGetDefaultPerfObjectHW PdhGetDefaultPerfCounterHW PdhEnumLogSetNamesW
    `,
  },
  {
    pages: 'pdh',
    failure: 'none',
    functions: 'PdhIsRealTimeQuery',
  },
  {
    pages: 'werapi',
    failure: 'hresult',
    functions: `
      WerReportCreate WerReportSetParameter WerReportAddFile WerReportSetUIOption WerReportSubmit WerReportAddDump
      WerReportCloseHandle WerRegisterFile WerUnregisterFile WerRegisterMemoryBlock WerUnregisterMemoryBlock
      WerRegisterExcludedMemoryBlock WerUnregisterExcludedMemoryBlock WerRegisterCustomMetadata
      WerUnregisterCustomMetadata WerRegisterAdditionalProcess WerUnregisterAdditionalProcess WerRegisterAppLocalDump
      WerUnregisterAppLocalDump WerSetFlags WerGetFlags WerAddExcludedApplication WerRemoveExcludedApplication
      WerRegisterRuntimeExceptionModule WerUnregisterRuntimeExceptionModule WerStoreOpen WerStoreQueryReportMetadataV2
    `,
  },
  {
    pages: 'werapi',
    failure: 'hresult',
    absent: [0x80070012],
    functions: 'WerStoreGetFirstReportKey WerStoreGetNextReportKey',
  },
  {
    pages: 'wslapi',
    failure: 'none',
    functions: 'WslIsDistributionRegistered',
  },
  {
    pages: 'wslapi',
    failure: 'hresult',
    functions: `
      WslRegisterDistribution WslUnregisterDistribution WslConfigureDistribution WslGetDistributionConfiguration
      WslLaunchInteractive WslLaunch
    `,
  },
  {
    pages: 'windows/console',
    failure: 'lastErrorIfZero',
    functions: `
      AllocConsole FreeConsole AttachConsole GetConsoleCP GetConsoleOutputCP GetConsoleMode SetConsoleMode
      GetNumberOfConsoleInputEvents ReadConsoleInputW PeekConsoleInputW ReadConsoleW WriteConsoleW
      SetConsoleCtrlHandler FillConsoleOutputCharacterW FillConsoleOutputAttribute GenerateConsoleCtrlEvent
      SetConsoleActiveScreenBuffer FlushConsoleInputBuffer SetConsoleCP SetConsoleOutputCP GetConsoleCursorInfo
      SetConsoleCursorInfo GetConsoleScreenBufferInfo GetConsoleScreenBufferInfoEx SetConsoleScreenBufferInfoEx
      SetConsoleScreenBufferSize SetConsoleCursorPosition SetConsoleTextAttribute SetConsoleWindowInfo
      WriteConsoleOutputCharacterW WriteConsoleOutputAttribute ReadConsoleOutputCharacterW ReadConsoleOutputAttribute
      WriteConsoleInputW ScrollConsoleScreenBufferW WriteConsoleOutputW ReadConsoleOutputW GetConsoleTitleW
      GetConsoleOriginalTitleW SetConsoleTitleW GetNumberOfConsoleMouseButtons GetCurrentConsoleFont
      GetCurrentConsoleFontEx SetCurrentConsoleFontEx GetConsoleSelectionInfo GetConsoleHistoryInfo
      SetConsoleHistoryInfo GetConsoleDisplayMode SetConsoleDisplayMode AddConsoleAliasW GetConsoleAliasW
      GetConsoleAliasesW GetConsoleAliasExesW GetConsoleProcessList SetStdHandle
    `,
  },
  {
    pages: 'windows/console',
    failure: 'hresult',
    functions: 'CreatePseudoConsole ResizePseudoConsole',
  },
  {
    pages: 'windows/console',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'CreateConsoleScreenBuffer GetStdHandle',
  },
  {
    pages: 'windows/console',
    failure: 'none',
    functions: 'GetConsoleWindow',
  },
  {
    pages: 'timeapi',
    failure: 'none',
    functions: 'timeGetTime',
  },
  {
    pages: 'stringapiset',
    failure: 'lastErrorIfZero',
    functions: `
      CompareStringEx CompareStringOrdinal CompareStringW FoldStringW GetStringTypeExW GetStringTypeW
      MultiByteToWideChar WideCharToMultiByte
    `,
  },
  {
    pages: 'datetimeapi',
    failure: 'lastErrorIfZero',
    functions: 'GetDateFormatW GetTimeFormatW GetTimeFormatEx GetDateFormatEx',
  },
  {
    pages: 'winnls',
    failure: 'lastErrorIfZero',
    functions: `
      GetDurationFormatEx GetCPInfo GetCPInfoExW LCMapStringW GetLocaleInfoW SetLocaleInfoW GetCalendarInfoW
      SetCalendarInfoW LocaleNameToLCID LCIDToLocaleName GetDurationFormat GetNumberFormatW GetCurrencyFormatW
      GetNLSVersion GetGeoInfoW GetGeoInfoEx GetUserDefaultGeoName SetUserGeoID SetUserGeoName
      GetProcessPreferredUILanguages SetProcessPreferredUILanguages GetUserPreferredUILanguages
      GetSystemPreferredUILanguages GetThreadPreferredUILanguages GetFileMUIInfo GetFileMUIPath GetUILanguageInfo
      IdnToAscii IdnToUnicode IdnToNameprepUnicode NormalizeString GetStringScripts GetLocaleInfoEx GetCalendarInfoEx
      GetNumberFormatEx GetCurrencyFormatEx GetUserDefaultLocaleName GetSystemDefaultLocaleName GetNLSVersionEx
      LCMapStringEx ResolveLocaleName
    `,
  },
  {
    pages: 'winnls',
    failure: 'none',
    functions: `
      IsValidCodePage GetACP GetOEMCP IsValidLanguageGroup IsValidLocale GetUserGeoID GetSystemDefaultUILanguage
      GetThreadLocale GetUserDefaultUILanguage GetUserDefaultLangID GetSystemDefaultLangID GetSystemDefaultLCID
      GetUserDefaultLCID GetThreadUILanguage IsValidLocaleName
    `,
  },
  {
    pages: 'winnls',
    failure: { when: 'minusOne', code: 'lastError' },
    absent: [0],
    functions: 'FindNLSString FindNLSStringEx',
  },
  {
    pages: 'winnls',
    failure: { when: 'zero', code: 'lastError', success: [0] },
    functions: 'IsDBCSLeadByte IsDBCSLeadByteEx IsNormalizedString IsNLSDefinedString',
  },
  {
    pages: 'combaseapi',
    failure: 'hresult',
    functions: 'StringFromCLSID CLSIDFromString IIDFromString CoCreateGuid',
  },
];
