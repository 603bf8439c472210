/**
 * The commands of PowerShell 7 and Windows PowerShell 5.1, and of the modules that ship with them or with Windows, by
 * module. A cmdlet of the same name would replace the command or be hidden by it, and break scripts that call it.
 * `Get,Set-Item` stands for Get-Item and Set-Item.
 *
 * The list contains names only and was compiled for dllet. Source: Get-Command of PowerShell 7.6 on Linux, and the
 * module reference of learn.microsoft.com for Windows 10, 11 and Server. It does not have to be complete; add missing
 * names here.
 */
export const SHIPPED_COMMANDS: Readonly<Record<string, string>> = {
  AppBackgroundTask:
    'Get,Start,Unregister-AppBackgroundTask Disable,Enable-AppBackgroundTaskDiagnosticLog Set-AppBackgroundTaskResourcePolicy',
  AppLocker: 'Get-AppLockerFileInformation Get,New,Set,Test-AppLockerPolicy',
  AppvClient:
    'Disable,Enable-Appv Get-AppvClientApplication Get,Set-AppvClientConfiguration ' +
    'Add,Disable,Enable,Get,Mount,Remove,Repair,Set,Stop-AppvClientConnectionGroup Get,Set-AppvClientMode ' +
    'Add,Get,Mount,Publish,Remove,Repair,Set,Stop,Unpublish-AppvClientPackage Send-AppvClientReport ' +
    'Add,Get,Remove,Set,Sync-AppvPublishingServer Get-AppvStatus Get,Start-AppvVirtualProcess',
  Appx:
    'Add,Get,Remove,Reset-AppSharedPackageContainer Get,Set-AppxDefaultVolume Get-AppxLastError Get-AppxLog ' +
    'Add,Get,Move,Remove,Reset-AppxPackage Get,Remove,Reset,Set-AppxPackageAutoUpdateSettings Get-AppxPackageManifest ' +
    'Add,Dismount,Get,Mount,Remove-AppxVolume Invoke-CommandInDesktopPackage',
  AssignedAccess: 'Clear,Get,Set-AssignedAccess',
  BitLocker:
    'Disable,Enable,Lock,Resume,Suspend,Unlock-BitLocker Clear,Disable,Enable-BitLockerAutoUnlock ' +
    'Add,Backup,Remove-BitLockerKeyProtector Get-BitLockerVolume',
  BitsTransfer: 'Add-BitsFile Complete,Get,Remove,Resume,Set,Start,Suspend-BitsTransfer',
  BranchCache:
    'Disable,Enable,Reset-BC Set-BCAuthentication Clear,Export,Import,Set-BCCache Add,Get,Remove-BCDataCacheExtension ' +
    'Enable-BCDistributed Disable,Enable-BCDowngrading Publish-BCFileContent Enable-BCHostedClient Enable-BCHostedServer ' +
    'Enable-BCLocal Export,Import,Set-BCSecretKey Disable,Enable-BCServeOnBattery Get-BCStatus Publish-BCWebContent',
  CimCmdlets:
    'Export,Import-BinaryMiLog Get-CimAssociatedInstance Get-CimClass Register-CimIndicationEvent Get,New,Remove,Set-CimInstance ' +
    'Invoke-CimMethod Get,New,Remove-CimSession New-CimSessionOption',
  ConfigCI:
    'Get,Merge,New-CIPolicy Get,Set-CIPolicyIdInfo Get-CIPolicyInfo New-CIPolicyRule Set-CIPolicySetting Set-CIPolicyVersion ' +
    'ConvertFrom-ConfigCIPolicy Set-HVCIOptions Set-RuleOption Add-SignerRule Get-SystemDriver',
  Defender:
    'Get-MpComputerStatus Add,Get,Remove,Set-MpPreference Start-MpRollback Start-MpScan Update-MpSignature Get,Remove-MpThreat ' +
    'Get-MpThreatCatalog Get-MpThreatDetection Start-MpWDOScan',
  DeliveryOptimization:
    'Delete-DeliveryOptimizationCache Get-DeliveryOptimizationLog Get-DeliveryOptimizationLogAnalysis ' +
    'Get-DeliveryOptimizationPerfSnap Get-DeliveryOptimizationPerfSnapThisMonth Get-DeliveryOptimizationStatus ' +
    'Disable,Enable-DeliveryOptimizationVerboseLogs Get-DOConfig Get,Set-DODownloadMode Get,Set-DOPercentageMaxBackgroundBandwidth ' +
    'Get,Set-DOPercentageMaxForegroundBandwidth',
  DirectAccessClientComponents:
    'Get,Reset,Set-DAClientExperienceConfiguration Get,New,Remove,Rename,Reset,Set-DAEntryPointTableItem ' +
    'Disable,Enable-DAManualEntryPointSelection Get-DASiteTableEntry',
  Dism:
    'Set-AppXProvisionedDataFile Add,Get,Remove-AppxProvisionedPackage Get,Set-NonRemovableAppsPolicy Get,Update-WIMBootEntry ' +
    'Add,Get,Remove-WindowsCapability Clear-WindowsCorruptMountPoint New-WindowsCustomImage Add,Export,Get,Remove-WindowsDriver ' +
    'Get,Set-WindowsEdition Add,Dismount,Expand,Export,Get,Mount,New,Remove,Repair,Save,Split-WindowsImage Get-WindowsImageContent ' +
    'Disable,Enable,Get-WindowsOptionalFeature Add,Get,Remove-WindowsPackage Set-WindowsProductKey Use-WindowsUnattend',
  DnsClient:
    'Get,Register,Set-DnsClient Clear,Get-DnsClientCache Get,Set-DnsClientGlobalSetting Get,Set-DnsClientNrptGlobal ' +
    'Get-DnsClientNrptPolicy Add,Get,Remove,Set-DnsClientNrptRule Get,Set-DnsClientServerAddress Resolve-DnsName',
  EventTracingManagement:
    'Get,New,Remove,Set,Update-AutologgerConfig Add,Get,Remove,Set-EtwTraceProvider ' +
    'Get,New,Remove,Save,Send,Set,Start,Stop,Update-EtwTraceSession',
  HgsClient:
    'Get-HgsAttestationBaselinePolicy Get,Set-HgsClientConfiguration Get,Remove,Set-HgsClientHostKey ' +
    'Export,Get,Import,New,Remove-HgsGuardian ConvertTo,Grant,New,Revoke-HgsKeyProtector Get,New-HgsTrace',
  HostComputeService: 'Get,Stop-ComputeProcess',
  HostNetworkingService:
    'Get,Remove-HnsEndpoint Get,Remove-HnsNamespace Get,Remove-HnsNetwork Get,Remove-HnsPolicyList',
  'Hyper-V':
    'Convert,Dismount,Get,Merge,Mount,New,Optimize,Resize,Set,Test-VHD ' +
    'Checkpoint,Compare,Debug,Export,Get,Import,Measure,Move,New,Remove,Rename,Repair,Restart,Resume,Save,Set,Start,Stop,Suspend,Wait-VM ' +
    'Get,Set-VMBios Get,Set-VMComPort Add,Get,Remove,Set-VMDvdDrive Get,Set-VMFirmware Get,Set-VMFloppyDiskDrive ' +
    'Add,Get,Remove,Set-VMGpuPartitionAdapter Add,Get,Remove,Set-VMHardDiskDrive Get,Set-VMHost ' +
    'Disable,Enable,Get-VMIntegrationService Get,Set-VMKeyProtector Get,Set-VMMemory ' +
    'Add,Connect,Disconnect,Get,Remove,Rename,Set,Test-VMNetworkAdapter Add,Get,Remove-VMNetworkAdapterAcl ' +
    'Get,Set-VMNetworkAdapterVlan Get,Set-VMProcessor Enable,Get,Measure,Remove,Resume,Set,Start,Stop,Suspend-VMReplication ' +
    'Get,Measure,New,Remove,Rename,Set-VMResourcePool Add,Get,Remove-VMScsiController Export,Get,Remove,Rename,Restore-VMSnapshot ' +
    'Add,Get,New,Remove,Rename,Set-VMSwitch',
  International:
    'Set-Culture Get,Set-WinAcceptLanguageFromLanguageListOptOut Get,Set-WinCultureFromLanguageListOptOut ' +
    'Get,Set-WinDefaultInputMethodOverride Get,Set-WinHomeLocation Get,Set-WinLanguageBarOption Get,Set-WinSystemLocale ' +
    'Get,Set-WinUILanguageOverride Get,New,Set-WinUserLanguageList',
  iSCSI:
    'Set-IscsiChapSecret Get-IscsiConnection Get,Register,Unregister-IscsiSession Connect,Disconnect,Get,Update-IscsiTarget ' +
    'Get,New,Remove,Update-IscsiTargetPortal',
  ISE: 'Get,Import,New-IseSnippet',
  Kds: 'Clear-KdsCache Get,Set-KdsConfiguration Add,Clear,Get,Test-KdsRootKey',
  LanguagePackManagement: 'Get-InstalledLanguage Install,Uninstall-Language Get,Set-SystemPreferredUILanguage',
  LAPS:
    'Get-LapsAADPassword Set-LapsADAuditing Set-LapsADComputerSelfPermission Find-LapsADExtendedRights Get-LapsADPassword ' +
    'Set-LapsADPasswordExpirationTime Set-LapsADReadPasswordPermission Set-LapsADResetPasswordPermission Update-LapsADSchema ' +
    'Get-LapsDiagnostics Reset-LapsPassword Invoke-LapsPolicyProcessing',
  'Microsoft.PowerShell.Archive': 'Compress,Expand-Archive',
  'Microsoft.PowerShell.Core':
    'Register-ArgumentCompleter Get,Invoke-Command Export-Console Out-Default Disable,Enable,Get-ExperimentalFeature ' +
    'Get,Save,Update-Help Add,Clear,Get,Invoke-History Clear,Out-Host Debug,Get,Receive,Remove,Resume,Start,Stop,Suspend,Wait-Job ' +
    'Export,Get,Import,New,Remove-Module New,Test-ModuleManifest Export-ModuleMember Out-Null ForEach,Where-Object Switch-Process ' +
    'Set-PSDebug Enter,Exit-PSHostProcess Get-PSHostProcessInfo Disable,Enable-PSRemoting New-PSRoleCapabilityFile ' +
    'Connect,Disconnect,Enter,Exit,Export,Get,Import,New,Receive,Remove-PSSession Get-PSSessionCapability ' +
    'Disable,Enable,Get,Register,Set,Unregister-PSSessionConfiguration New,Test-PSSessionConfigurationFile New-PSSessionOption ' +
    'Add,Get,Remove-PSSnapin Get,Switch-PSSubsystem New-PSTransportOption Set-StrictMode Get-Verb',
  'Microsoft.PowerShell.Diagnostics': 'Export,Get,Import-Counter Get,New-WinEvent',
  'Microsoft.PowerShell.Host': 'Start,Stop-Transcript',
  'Microsoft.PowerShell.LocalAccounts':
    'Get,New,Remove,Rename,Set-LocalGroup Add,Get,Remove-LocalGroupMember Disable,Enable,Get,New,Remove,Rename,Set-LocalUser',
  'Microsoft.PowerShell.Management':
    'Get-ChildItem Get,Set-Clipboard Add,Checkpoint,Remove,Rename,Restart,Restore,Stop-Computer Get-ComputerInfo ' +
    'Reset-ComputerMachinePassword Disable,Enable-ComputerRestore Get-ComputerRestorePoint Test-ComputerSecureChannel Test-Connection ' +
    'Add,Clear,Get,Set-Content Get,Show-ControlPanelItem Clear,Get,Limit,New,Remove,Show,Write-EventLog Get-HotFix ' +
    'Clear,Copy,Get,Invoke,Move,New,Remove,Rename,Set-Item Clear,Copy,Get,Move,New,Remove,Rename,Set-ItemProperty ' +
    'Get-ItemPropertyValue Get,Pop,Push,Set-Location Convert,Join,Resolve,Split,Test-Path Debug,Get,Start,Stop,Wait-Process ' +
    'Get,New,Remove-PSDrive Get-PSProvider Clear-RecycleBin Get,New,Remove,Restart,Resume,Set,Start,Stop,Suspend-Service ' +
    'Get,Set-TimeZone Complete,Get,Start,Undo,Use-Transaction New-WebServiceProxy Register-WmiEvent Set-WmiInstance Invoke-WmiMethod ' +
    'Get,Remove-WmiObject',
  'Microsoft.PowerShell.ODataUtils': 'Export-ODataEndpointProxy',
  'Microsoft.PowerShell.PSResourceGet':
    'Get-InstalledPSResource Import-PSGetRepository Update-PSModuleManifest ' +
    'Compress,Find,Get,Install,Publish,Save,Uninstall,Update-PSResource Get,Register,Reset,Set,Unregister-PSResourceRepository ' +
    'Get,New,Test,Update-PSScriptFileInfo',
  'Microsoft.PowerShell.Security':
    'Get,Set-Acl Get,Set-AuthenticodeSignature Get,Protect,Unprotect-CmsMessage Get-Credential Get,Set-ExecutionPolicy ' +
    'New,Test-FileCatalog Get-PfxCertificate ConvertFrom,ConvertTo-SecureString',
  'Microsoft.PowerShell.ThreadJob': 'Start-ThreadJob',
  'Microsoft.PowerShell.Utility':
    'Export,Get,Import,New,Remove,Set-Alias ConvertFrom,ConvertTo-CliXml Export,Import-Clixml Measure,Show,Trace-Command ' +
    'ConvertFrom,ConvertTo,Export,Import-Csv Get-Culture Format-Custom Get,Set-Date Write-Debug Wait-Debugger Register-EngineEvent ' +
    'Get,Write-Error Get,New,Remove,Unregister,Wait-Event Get-EventSubscriber Invoke-Expression Out,Unblock-File Get-FileHash ' +
    'Export,Get,Update-FormatData Out-GridView New-Guid Format-Hex Get,Read,Write-Host ConvertTo-Html Write-Information ' +
    'ConvertFrom,ConvertTo,Test-Json Format,Update-List Import-LocalizedData Send-MailMessage ConvertFrom,Show-Markdown ' +
    'Get,Set-MarkdownOption Add,Get-Member Compare,Group,Measure,New,Select,Sort,Tee-Object Register-ObjectEvent Write-Output ' +
    'Import-PowerShellDataFile Out-Printer Write-Progress Disable,Enable,Get,Remove,Set-PSBreakpoint Get-PSCallStack ' +
    'Export,Import-PSSession Get-Random Invoke-RestMethod Debug,Get-Runspace Disable,Enable,Get-RunspaceDebug ConvertFrom-SddlString ' +
    'Get-SecureRandom Start-Sleep Convert,ConvertFrom,Join,Out,Select-String ConvertFrom-StringData Format-Table New-TemporaryFile ' +
    'New-TimeSpan Get,Set-TraceSource Add-Type Get,Remove,Update-TypeData Get-UICulture Get-Unique Get-Uptime ' +
    'Clear,Get,New,Remove,Set-Variable Get-Verb Write-Verbose Write-Warning Invoke-WebRequest Format-Wide ConvertTo,Select-Xml',
  'Microsoft.Windows.Bcd.Cmdlets':
    'Set-BcdBootDefault Set-BcdBootDisplayOrder Disable,Enable-BcdBootEms Set-BcdBootSequence Set-BcdBootTimeout ' +
    'Set-BcdBootToolsDisplayOrder Get,Remove,Set-BcdElement Disable,Enable-BcdElementBootDebug Disable,Enable-BcdElementDebug ' +
    'Disable,Enable-BcdElementEms Disable,Enable-BcdElementEventLogging Disable,Enable-BcdElementHypervisorDebug ' +
    'Copy,Get,New,Remove-BcdEntry Get,Set-BcdEntryDebugSettings Get,Set-BcdEntryEmsSettings Get,Set-BcdEntryHypervisorSettings ' +
    'Export,Import,New-BcdStore',
  'Microsoft.WSMan.Management':
    'Connect,Disconnect,Test-WSMan Invoke-WSManAction Disable,Enable,Get-WSManCredSSP Get,New,Remove,Set-WSManInstance ' +
    'Set-WSManQuickConfig New-WSManSessionOption',
  MMAgent: 'Debug,Disable,Enable,Get,Set-MMAgent',
  MsDtc:
    'Get,Install,Start,Stop,Test,Uninstall-Dtc Get,Set-DtcAdvancedHostSetting Get,Set-DtcAdvancedSetting Get,Set-DtcClusterDefault ' +
    'Add,Get,Remove,Set-DtcClusterTMMapping Get,Set-DtcDefault Start,Stop-DtcDiagnosticResourceManager ' +
    'Complete,Join,New,Receive,Send,Undo-DtcDiagnosticTransaction Get,Reset,Set-DtcLog Get,Set-DtcNetworkSetting ' +
    'Get,Set-DtcTransaction Get-DtcTransactionsStatistics Get,Set,Write-DtcTransactionsTraceSession ' +
    'Get,Set-DtcTransactionsTraceSetting',
  NetAdapter:
    'Disable,Enable,Get,Rename,Restart,Set-NetAdapter Get,New,Remove,Reset,Set-NetAdapterAdvancedProperty ' +
    'Disable,Enable,Get,Set-NetAdapterBinding Disable,Enable,Get,Set-NetAdapterChecksumOffload ' +
    'Get,Set-NetAdapterDataPathConfiguration Disable,Enable,Get,Set-NetAdapterEncapsulatedPacketTaskOffload ' +
    'Get-NetAdapterHardwareInfo Disable,Enable,Get,Set-NetAdapterIPsecOffload Disable,Enable,Get,Set-NetAdapterLso ' +
    'Disable,Enable,Get,Set-NetAdapterPacketDirect Disable,Enable,Get,Set-NetAdapterPowerManagement ' +
    'Disable,Enable,Get,Set-NetAdapterQos Disable,Enable,Get,Set-NetAdapterRdma Disable,Enable,Get,Set-NetAdapterRsc ' +
    'Disable,Enable,Get,Set-NetAdapterRss Disable,Enable,Get,Set-NetAdapterSriov Get-NetAdapterSriovVf Get-NetAdapterStatistics ' +
    'Disable,Enable,Get,Set-NetAdapterUso Disable,Enable,Get,Set-NetAdapterVmq Get-NetAdapterVmqQueue Get-NetAdapterVPort',
  NetConnection: 'Get,Set-NetConnectionProfile',
  NetEventPacketCapture:
    'Add,Get,Remove-NetEventNetworkAdapter Add,Get,Remove,Set-NetEventPacketCaptureProvider Add,Get,Remove,Set-NetEventProvider ' +
    'Get,New,Remove,Set,Start,Stop-NetEventSession Add,Get,Remove,Set-NetEventVFPProvider Add,Get,Remove-NetEventVmNetworkAdapter ' +
    'Add,Get,Remove-NetEventVmSwitch Add,Get,Remove,Set-NetEventVmSwitchProvider Add,Get,Remove,Set-NetEventWFPCaptureProvider',
  NetLbfo:
    'Get,New,Remove,Rename,Set-NetLbfoTeam Add,Get,Remove,Set-NetLbfoTeamMember Add,Get,Remove,Set-NetLbfoTeamNic',
  NetNat:
    'Get,New,Remove,Set-NetNat Add,Get,Remove-NetNatExternalAddress Get,Set-NetNatGlobal Get-NetNatSession ' +
    'Add,Get,Remove-NetNatStaticMapping',
  NetQos: 'Get,New,Remove,Set-NetQosPolicy',
  NetSecurity:
    'Get-DAPolicyChange Get,Set-NetFirewallAddressFilter Get,Set-NetFirewallApplicationFilter ' +
    'Get,New,Remove,Update-NetFirewallDynamicKeywordAddress Get-NetFirewallHyperVPort Get-NetFirewallHyperVProfile ' +
    'Disable,Enable,Get,New,Remove,Rename,Set-NetFirewallHyperVRule Get-NetFirewallHyperVVMCreator Get,Set-NetFirewallHyperVVMSetting ' +
    'Get,Set-NetFirewallInterfaceFilter Get,Set-NetFirewallInterfaceTypeFilter Get,Set-NetFirewallPortFilter ' +
    'Get,Set-NetFirewallProfile Copy,Disable,Enable,Get,New,Remove,Rename,Set,Show-NetFirewallRule Get,Set-NetFirewallSecurityFilter ' +
    'Get,Set-NetFirewallServiceFilter Get,Set-NetFirewallSetting Open,Save-NetGPO New-NetIPsecAuthProposal ' +
    'Get,New,Remove,Set-NetIPsecDospSetting New-NetIPsecMainModeCryptoProposal ' +
    'Copy,Get,New,Remove,Rename,Set-NetIPsecMainModeCryptoSet Copy,Disable,Enable,Get,New,Remove,Rename,Set-NetIPsecMainModeRule ' +
    'Get,Remove-NetIPsecMainModeSA Copy,Get,New,Remove,Rename,Set-NetIPsecPhase1AuthSet ' +
    'Copy,Get,New,Remove,Rename,Set-NetIPsecPhase2AuthSet New-NetIPsecQuickModeCryptoProposal ' +
    'Copy,Get,New,Remove,Rename,Set-NetIPsecQuickModeCryptoSet Get,Remove-NetIPsecQuickModeSA ' +
    'Copy,Disable,Enable,Find,Get,New,Remove,Rename,Set,Show,Sync-NetIPsecRule',
  NetSwitchTeam: 'Get,New,Remove,Rename-NetSwitchTeam Add,Get,Remove-NetSwitchTeamMember',
  NetTCPIP:
    'Get-NetCompartment Test-NetConnection Get,New,Remove,Set-NetIPAddress Get-NetIPConfiguration Get,Set-NetIPInterface ' +
    'Get,Set-NetIPv4Protocol Get,Set-NetIPv6Protocol Get,New,Remove,Set-NetNeighbor Get,Set-NetOffloadGlobalSetting ' +
    'Get-NetPrefixPolicy Find,Get,New,Remove,Set-NetRoute Get-NetTCPConnection Get,Set-NetTCPSetting ' +
    'Get,New,Remove-NetTransportFilter Get-NetUDPEndpoint Get,Set-NetUDPSetting',
  NetworkConnectivityStatus: 'Get-DAConnectionStatus Get,Reset,Set-NCSIPolicyConfiguration',
  NetworkSwitchManager:
    'Restore,Save-NetworkSwitchConfiguration Disable,Enable,Get,Set-NetworkSwitchEthernetPort Disable,Enable,Get-NetworkSwitchFeature ' +
    'Get-NetworkSwitchGlobalData Disable,Enable,Get,New,Remove,Set-NetworkSwitchVlan',
  NetworkTransition:
    'Get,Reset,Set-Net6to4Configuration Disable,Enable,Get,Reset,Set-NetDnsTransitionConfiguration Get-NetDnsTransitionMonitoring ' +
    'Add,Remove-NetIPHttpsCertBinding Get,New,Remove,Rename,Reset,Set-NetIPHttpsConfiguration Disable,Enable-NetIPHttpsProfile ' +
    'Get-NetIPHttpsState Get,Reset,Set-NetIsatapConfiguration Disable,Enable,Get,New,Remove,Reset,Set-NetNatTransitionConfiguration ' +
    'Get-NetNatTransitionMonitoring Get,Reset,Set-NetTeredoConfiguration Get-NetTeredoState',
  OsConfiguration:
    'Get,Remove,Set-OsConfigurationDocument Get-OsConfigurationDocumentContent Get-OsConfigurationDocumentResult ' +
    'Get,Set-OsConfigurationProperty',
  PackageManagement:
    'Find,Get,Install,Save,Uninstall-Package Find,Get,Import,Install-PackageProvider Get,Register,Set,Unregister-PackageSource',
  PcsvDevice:
    'Get,Restart,Start,Stop-PcsvDevice Set-PcsvDeviceBootConfiguration Clear,Get-PcsvDeviceLog Set-PcsvDeviceNetworkConfiguration ' +
    'Set-PcsvDeviceUserPassword',
  Pester: 'Set-DynamicParameters New-Fixture Assert-MockCalled Invoke-Pester Get-TestDriveItem Assert-VerifiableMocks',
  PKI:
    'Export,Get,Import,Switch,Test-Certificate Get,Set-CertificateAutoEnrollmentPolicy ' +
    'Add,Get,Remove-CertificateEnrollmentPolicyServer Get,New,Remove-CertificateNotificationTask Export,Import-PfxCertificate ' +
    'Get-PfxData New-SelfSignedCertificate',
  PnpDevice: 'Disable,Enable,Get-PnpDevice Get-PnpDeviceProperty',
  PowerShellGet:
    'Find-Command Get-CredsFromCredentialProvider Find-DSCResource Find-DscResource Get-InstalledModule Get-InstalledScript ' +
    'Find,Install,Publish,Save,Uninstall,Update-Module Update-ModuleManifest Get,Register,Set,Unregister-PSRepository ' +
    'Find-RoleCapability Find,Install,Publish,Save,Uninstall,Update-Script New,Test,Update-ScriptFileInfo',
  PrintManagement:
    'Get,Set-PrintConfiguration Add,Get,Remove,Rename,Set-Printer Add,Get,Remove-PrinterDriver Read,Write-PrinterNfcTag ' +
    'Add,Get,Remove-PrinterPort Get,Set-PrinterProperty Get,Remove,Restart,Resume,Suspend-PrintJob',
  ProcessMitigations: 'Get,Set-ProcessMitigation ConvertTo-ProcessMitigationPolicy',
  Provisioning:
    'Export,Get,Install,Uninstall-ProvisioningPackage Export-Trace Get,Install,Uninstall-TrustedProvisioningCertificate',
  PSDesiredStateConfiguration:
    'New-DscChecksum Get,Publish,Restore,Start,Stop,Test,Update-DscConfiguration Remove-DscConfigurationDocument ' +
    'Get-DscConfigurationStatus Disable,Enable-DscDebug Get,Set-DscLocalConfigurationManager Get,Invoke-DscResource',
  PSDiagnostics:
    'Get,Set-LogProperties Disable,Enable-PSTrace Disable,Enable-PSWSManCombinedTrace Start,Stop-Trace Disable,Enable-WSManTrace',
  PSReadLine: 'Get,Remove,Set-PSReadLineKeyHandler Get,Set-PSReadLineOption',
  PSScheduledJob:
    'Add,Disable,Enable,Get,New,Remove,Set-JobTrigger Disable,Enable,Get,Register,Set,Unregister-ScheduledJob ' +
    'Get,New,Set-ScheduledJobOption',
  PSWorkflow: 'New-PSWorkflowExecutionOption New-PSWorkflowSession',
  ScheduledTasks:
    'Get,Register,Set,Unregister-ClusteredScheduledTask ' +
    'Disable,Enable,Export,Get,New,Register,Set,Start,Stop,Unregister-ScheduledTask New-ScheduledTaskAction Get-ScheduledTaskInfo ' +
    'New-ScheduledTaskPrincipal New-ScheduledTaskSettingsSet New-ScheduledTaskTrigger',
  SecureBoot: 'Get-SecureBootPolicy Confirm,Format,Get,Set-SecureBootUEFI',
  ServerManager: 'Disable,Enable-ServerManagerStandardUserRemoting Add,Get,Install,Remove,Uninstall-WindowsFeature',
  SmbShare:
    'Get,Remove,Set-SmbBandwidthLimit Get,Reset,Set-SmbClientConfiguration Get-SmbClientNetworkInterface Get-SmbConnection ' +
    'Disable,Enable,Get-SmbDelegation Get,New,Remove-SmbGlobalMapping Get,New,Remove-SmbMapping Get,Update-SmbMultichannelConnection ' +
    'Get,New,Remove-SmbMultichannelConstraint Close,Get-SmbOpenFile Set-SmbPathAcl Get,New,Remove,Set-SmbServerAlternativePort ' +
    'Get,New,Remove,Set-SmbServerCertificateMapping Get,Reset,Set-SmbServerConfiguration Get-SmbServerNetworkInterface ' +
    'Close,Get-SmbSession Get,New,Remove,Set-SmbShare Block,Get,Grant,Revoke,Unblock-SmbShareAccess',
  SmbWitness: 'Get,Move-SmbWitnessClient',
  StartLayout: 'Get-StartApps Export,Import-StartLayout Export-StartLayoutEdgeAssets',
  Storage:
    'Get-DedupProperties Clear,Get,Initialize,Set,Update-Disk Dismount,Get,Mount-DiskImage Get-DiskStorageNodeView ' +
    'Get,Repair,Set-FileIntegrity Debug,Get,New,Remove,Set-FileShare Block,Get,Grant,Revoke,Unblock-FileShareAccess ' +
    'Get-FileShareAccessControlEntry Clear,Get,Set-FileStorageTier Update-HostStorageCache Get,Remove-InitiatorId ' +
    'Remove-InitiatorIdFromMaskingSet Add-InitiatorIdToMaskingSet Get,Set-InitiatorPort Get,New,Remove,Rename-MaskingSet ' +
    'Get-OffloadDataTransferSetting Get,New,Remove,Resize,Set-Partition Add,Remove-PartitionAccessPath Get-PartitionSupportedSize ' +
    'Add,Get,Remove,Reset,Set-PhysicalDisk Disable,Enable-PhysicalDiskIdentification Disable,Enable-PhysicalDiskIndication ' +
    'Get-PhysicalDiskStorageNodeView Get,Set-ResiliencySetting Get-StorageAdvancedProperty Get-StorageBusDisk Get-StorageChassis ' +
    'Disable,Enable-StorageDataCollection Clear,Get-StorageDiagnosticInfo Disable,Enable,Start,Stop-StorageDiagnosticLog ' +
    'Get-StorageEnclosure Disable,Enable-StorageEnclosureIdentification Get-StorageEnclosureVendorData Get-StorageExtendedStatus ' +
    'Get-StorageFaultDomain Get,New,Remove,Set-StorageFileServer Update-StorageFirmware Get-StorageFirmwareInformation ' +
    'Get-StorageHealthAction Get-StorageHealthReport Get,Remove,Set-StorageHealthSetting Disable,Enable-StorageHighAvailability ' +
    'Get,Stop-StorageJob Disable,Enable-StorageMaintenanceMode Get-StorageNode Get,New,Remove,Set,Update-StoragePool ' +
    'Get,Set-StorageProvider Update-StorageProviderCache Get-StorageRack Get,Reset-StorageReliabilityCounter Get-StorageScaleUnit ' +
    'Get,Set-StorageSetting Get-StorageSite Debug,Get,Register,Set,Unregister-StorageSubSystem Get,New,Remove,Resize,Set-StorageTier ' +
    'Get-StorageTierSupportedSize Get-SupportedClusterSizes Get-SupportedFileSystems Get-TargetPort Get-TargetPortal ' +
    'Remove-TargetPortFromMaskingSet Add-TargetPortToMaskingSet ' +
    'Connect,Disconnect,Get,Hide,New,Remove,Repair,Resize,Set,Show-VirtualDisk New-VirtualDiskClone Remove-VirtualDiskFromMaskingSet ' +
    'New-VirtualDiskSnapshot Get-VirtualDiskSupportedSize Add-VirtualDiskToMaskingSet Debug,Format,Get,New,Optimize,Repair,Set-Volume ' +
    'Write-VolumeCache Get-VolumeCorruptionCount Get,Set-VolumeScrubPolicy',
  StorageQoS:
    'Get-StorageQosFlow Get,New,Remove,Set-StorageQosPolicy Get,Set-StorageQosPolicyStore Get-StorageQosVolume',
  TLS: 'Disable,Enable,Get-TlsCipherSuite Disable,Enable,Get-TlsEccCurve Disable,Enable,Export,New-TlsSessionTicketKey',
  TroubleshootingPack: 'Get,Invoke-TroubleshootingPack',
  TrustedPlatformModule:
    'Clear,Get,Initialize,Unblock-Tpm Disable,Enable-TpmAutoProvisioning Get-TpmEndorsementKeyInfo ConvertTo,Import,Set-TpmOwnerAuth ' +
    'Get-TpmSupportedFeature',
  UEV:
    'Disable,Enable-Uev Disable,Enable,Get-UevAppxPackage Restore-UevBackup Clear,Export,Get,Import,Set-UevConfiguration ' +
    'Export-UevPackage Get-UevStatus Disable,Enable,Get,Register,Repair,Test,Unregister,Update-UevTemplate Set-UevTemplateProfile ' +
    'Get-UevTemplateProgram Restore-UevUserSetting',
  VpnClient:
    'New-EapConfiguration Add,Get,Remove,Set-VpnConnection Set-VpnConnectionIPsecConfiguration Set-VpnConnectionProxy ' +
    'Add,Remove-VpnConnectionRoute Get-VpnConnectionTrigger Add,Remove-VpnConnectionTriggerApplication ' +
    'Add,Remove,Set-VpnConnectionTriggerDnsConfiguration Add,Remove,Set-VpnConnectionTriggerTrustedNetwork New-VpnServerAddress',
  Wdac: 'Get,Set-OdbcDriver Add,Get,Remove,Set-OdbcDsn Disable,Enable,Get-OdbcPerfCounter Disable,Enable,Get-WdacBidTrace',
  Whea: 'Get,Set-WheaMemoryPolicy',
  WindowsDeveloperLicense: 'Get,Unregister-WindowsDeveloperLicense Show-WindowsDeveloperLicenseRegistration',
  WindowsErrorReporting: 'Disable,Enable,Get-WindowsErrorReporting',
  WindowsSearch: 'Get,Set-WindowsSearchSetting',
  WindowsUpdate: 'Get-WindowsUpdateLog',
  WindowsUpdateProvider:
    'Get-WUAVersion Get-WUIsPendingReboot Get-WULastInstallationDate Get-WULastScanSuccessDate Start-WUScan Install-WUUpdates',
};
