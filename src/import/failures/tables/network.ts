/** Reviewed failure rules of functions about addresses, sockets, names, HTTP, shares, domains, DHCP, wireless, filtering and sessions. */
import type { ReviewedFunctions } from '../reviewed.js';

export const NETWORK: readonly ReviewedFunctions[] = [
  {
    pages: 'iphlpapi',
    failure: 'win32',
    functions: `
      GetNumberOfInterfaces GetIfEntry GetPerTcpConnectionEStats SetPerTcpConnectionEStats GetPerTcp6ConnectionEStats
      SetPerTcp6ConnectionEStats GetIpStatistics GetIcmpStatistics GetTcpStatistics GetUdpStatistics SetIpStatisticsEx
      GetIpStatisticsEx GetIcmpStatisticsEx GetTcpStatisticsEx GetUdpStatisticsEx GetTcpStatisticsEx2
      GetUdpStatisticsEx2 SetIfEntry CreateIpForwardEntry SetIpForwardEntry DeleteIpForwardEntry SetIpStatistics
      SetIpTTL CreateIpNetEntry SetIpNetEntry DeleteIpNetEntry FlushIpNetTable CreateProxyArpEntry DeleteProxyArpEntry
      SetTcpEntry GetUniDirectionalAdapterInfo GetBestInterface GetBestInterfaceEx GetBestRoute GetAdapterIndex
      AddIPAddress DeleteIPAddress GetInterfaceActiveTimestampCapabilities GetInterfaceSupportedTimestampCapabilities
      IpReleaseAddress IpRenewAddress SendARP UnenableRouter DisableMediaSense RestoreMediaSense GetIpErrorString
      CreatePersistentTcpPortReservation CreatePersistentUdpPortReservation DeletePersistentTcpPortReservation
      DeletePersistentUdpPortReservation LookupPersistentTcpPortReservation LookupPersistentUdpPortReservation
    `,
  },
  {
    pages: 'iphlpapi',
    failure: 'win32',
    tooSmall: [122],
    functions: `
      GetIfTable GetIpAddrTable GetTcpTable GetExtendedTcpTable GetOwnerModuleFromTcpEntry GetUdpTable
      GetExtendedUdpTable GetOwnerModuleFromUdpEntry GetTcpTable2 GetTcp6Table GetTcp6Table2
      GetOwnerModuleFromTcp6Entry GetUdp6Table GetOwnerModuleFromUdp6Entry
    `,
  },
  {
    pages: 'iphlpapi',
    failure: 'win32',
    absent: [232],
    tooSmall: [122],
    functions: 'GetIpNetTable GetIpForwardTable GetInterfaceInfo',
  },
  {
    pages: 'iphlpapi',
    failure: { when: 'nonzero', code: 'win32', success: [997] },
    functions: 'NotifyAddrChange NotifyRouteChange',
  },
  {
    pages: 'iphlpapi',
    failure: 'lastErrorIfZero',
    functions: 'CancelIPChangeNotify GetRTTAndHopCount',
  },
  {
    pages: 'iphlpapi',
    failure: 'win32',
    tooSmall: [111],
    functions: 'GetNetworkParams GetPerAdapterInfo',
  },
  {
    pages: 'iphlpapi',
    failure: 'win32',
    absent: [232],
    tooSmall: [111],
    functions: 'GetAdaptersInfo GetAdaptersAddresses',
  },
  {
    pages: 'iphlpapi',
    failure: { when: { notIn: [997] }, code: 'win32' },
    functions: 'EnableRouter',
  },
  {
    pages: 'netioapi',
    failure: 'win32',
    functions: `
      GetIfEntry2 GetIfEntry2Ex GetIfTable2 GetIfTable2Ex GetIpInterfaceEntry NotifyIpInterfaceChange
      SetIpInterfaceEntry GetIpNetworkConnectionBandwidthEstimates CreateUnicastIpAddressEntry
      DeleteUnicastIpAddressEntry GetUnicastIpAddressEntry NotifyUnicastIpAddressChange
      NotifyStableUnicastIpAddressTable SetUnicastIpAddressEntry CreateAnycastIpAddressEntry
      DeleteAnycastIpAddressEntry GetAnycastIpAddressEntry GetMulticastIpAddressEntry CreateIpForwardEntry2
      DeleteIpForwardEntry2 GetBestRoute2 GetIpForwardEntry2 NotifyRouteChange2 SetIpForwardEntry2 FlushIpPathTable
      GetIpPathEntry CreateIpNetEntry2 DeleteIpNetEntry2 FlushIpNetTable2 GetIpNetEntry2 ResolveIpNetEntry2
      SetIpNetEntry2 NotifyTeredoPortChange GetTeredoPort CancelMibChangeNotify2 CreateSortedAddressPairs
      ConvertInterfaceNameToLuidW ConvertInterfaceLuidToNameW ConvertInterfaceLuidToIndex ConvertInterfaceIndexToLuid
      ConvertInterfaceLuidToAlias ConvertInterfaceAliasToLuid ConvertInterfaceLuidToGuid ConvertInterfaceGuidToLuid
      ConvertLengthToIpv4Mask ConvertIpv4MaskToLength GetDnsSettings SetDnsSettings GetInterfaceDnsSettings
      SetInterfaceDnsSettings GetNetworkConnectivityHint GetNetworkConnectivityHintForInterface
    `,
  },
  {
    pages: 'netioapi',
    failure: 'win32',
    absent: [1168],
    functions: `
      GetIfStackTable GetInvertedIfStackTable GetIpInterfaceTable GetUnicastIpAddressTable GetAnycastIpAddressTable
      GetMulticastIpAddressTable GetIpForwardTable2 GetIpPathTable GetIpNetTable2
    `,
  },
  {
    pages: 'netioapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'if_nametoindex if_indextoname',
  },
  {
    pages: 'icmpapi',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'IcmpCreateFile Icmp6CreateFile',
  },
  {
    pages: 'icmpapi',
    failure: 'lastErrorIfZero',
    functions: `
      IcmpCloseHandle IcmpSendEcho IcmpSendEcho2 IcmpSendEcho2Ex Icmp6SendEcho2 IcmpParseReplies Icmp6ParseReplies
    `,
  },
  {
    pages: 'winsock',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: `
      bind closesocket ioctlsocket getpeername getsockname getsockopt recv recvfrom sendto setsockopt shutdown
      gethostname WSACleanup WSACancelAsyncRequest WSAAsyncSelect
    `,
  },
  {
    pages: 'winsock',
    failure: 'none',
    functions: 'htonl htons ntohl ntohs WSAGetLastError',
  },
  {
    pages: 'winsock',
    failure: 'lastErrorIfZero',
    functions: 'getservbyport getservbyname getprotobynumber getprotobyname',
  },
  {
    pages: 'winsock',
    failure: 'win32',
    functions: 'WSAStartup',
  },
  {
    pages: 'winsock2',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'accept socket WSAAccept WSAJoinLeaf WSASocketW',
  },
  {
    pages: 'winsock2',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: `
      connect listen select send GetHostNameW WSAConnect WSADuplicateSocketW WSAEnumNetworkEvents WSAEnumProtocolsW
      WSAEventSelect WSAHtonl WSAHtons WSAIoctl WSANtohl WSANtohs WSARecv WSARecvDisconnect WSARecvFrom WSASend
      WSASendMsg WSASendDisconnect WSASendTo WSAWaitForMultipleEvents WSAAddressToStringW WSAStringToAddressW
      WSALookupServiceBeginW WSANSPIoctl WSALookupServiceEnd WSAInstallServiceClassW WSARemoveServiceClass
      WSAGetServiceClassInfoW WSAEnumNameSpaceProvidersW WSAEnumNameSpaceProvidersExW WSAGetServiceClassNameByClassIdW
      WSASetServiceW WSAProviderConfigChange WSAPoll
    `,
  },
  {
    pages: 'winsock2',
    failure: { when: 'minusOne', code: 'none' },
    functions: 'inet_addr',
  },
  {
    pages: 'winsock2',
    failure: 'lastErrorIfZero',
    functions: `
      WSACloseEvent WSAConnectByNameW WSAConnectByList WSACreateEvent WSAGetOverlappedResult WSAGetQOSByName
      WSAResetEvent WSASetEvent
    `,
  },
  {
    pages: 'winsock2',
    failure: { when: 'minusOne', code: 'lastError' },
    absent: [10110, 10102],
    functions: 'WSALookupServiceNextW',
  },
  {
    pages: 'ws2tcpip',
    failure: 'win32',
    functions: `
      getaddrinfo GetAddrInfoW GetAddrInfoExW GetAddrInfoExCancel SetAddrInfoExW getnameinfo GetNameInfoW
    `,
  },
  {
    pages: 'ws2tcpip',
    failure: { when: { notIn: [1] }, code: 'lastError' },
    functions: 'inet_pton InetPtonW',
  },
  {
    pages: 'ws2tcpip',
    failure: 'lastErrorIfZero',
    functions: 'inet_ntop InetNtopW',
  },
  {
    pages: 'ws2tcpip',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: `
      WSASetSocketSecurity WSAQuerySocketSecurity WSASetSocketPeerTargetName WSADeleteSocketPeerTargetName
      WSAImpersonateSocketPeer WSARevertImpersonation
    `,
  },
  {
    pages: 'mswsock',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'WSARecvEx',
  },
  {
    pages: 'mswsock',
    failure: 'lastErrorIfZero',
    functions: 'TransmitFile AcceptEx',
  },
  {
    pages: 'windns',
    failure: 'win32',
    functions: `
      DnsQueryConfig DnsQuery_UTF8 DnsQuery_W DnsCancelQuery DnsGetApplicationSettings DnsSetApplicationSettings
      DnsAcquireContextHandle_W DnsModifyRecordsInSet_W DnsReplaceRecordSetW DnsValidateName_W DnsServiceBrowseCancel
      DnsServiceResolveCancel DnsServiceRegisterCancel DnsStartMulticastQuery DnsStopMulticastQuery
    `,
  },
  {
    pages: 'windns',
    failure: 'none',
    functions: 'DnsRecordCompare DnsRecordSetCompare',
  },
  {
    pages: 'windns',
    failure: { when: { notIn: [9506] }, code: 'win32' },
    functions: 'DnsServiceBrowse DnsServiceResolve DnsServiceRegister DnsServiceDeRegister',
  },
  {
    pages: 'winhttp',
    failure: 'lastErrorIfZero',
    functions: `
      WinHttpTimeFromSystemTime WinHttpTimeToSystemTime WinHttpCrackUrl WinHttpCreateUrl
      WinHttpGetDefaultProxyConfiguration WinHttpSetDefaultProxyConfiguration WinHttpCloseHandle WinHttpReadData
      WinHttpWriteData WinHttpQueryDataAvailable WinHttpSetOption WinHttpSetTimeouts WinHttpAddRequestHeaders
      WinHttpSendRequest WinHttpSetCredentials WinHttpQueryAuthSchemes WinHttpReceiveResponse
      WinHttpDetectAutoProxyConfigUrl WinHttpGetProxyForUrl WinHttpGetIEProxyConfigForCurrentUser
    `,
  },
  {
    pages: 'winhttp',
    failure: 'none',
    functions: 'WinHttpCheckPlatform',
  },
  {
    pages: 'winhttp',
    failure: 'win32',
    functions: `
      WinHttpReadDataEx WinHttpCreateProxyResolver WinHttpGetProxyResult WinHttpResetAutoProxy WinHttpWebSocketSend
      WinHttpWebSocketReceive WinHttpWebSocketQueryCloseStatus
    `,
  },
  {
    pages: 'winhttp',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'WinHttpQueryOption WinHttpQueryHeaders',
  },
  {
    pages: 'wininet',
    failure: 'lastErrorIfZero',
    functions: `
      InternetTimeFromSystemTime InternetTimeToSystemTime InternetCrackUrlW InternetCreateUrlW InternetOpenW
      InternetCloseHandle InternetReadFile InternetReadFileExW InternetWriteFile InternetQueryDataAvailable
      InternetSetOptionW InternetLockRequestFile InternetUnlockRequestFile FtpGetFileW FtpPutFileW FtpDeleteFileW
      FtpRenameFileW FtpCreateDirectoryW FtpRemoveDirectoryW FtpSetCurrentDirectoryW FtpGetCurrentDirectoryW
      FtpCommandW GopherCreateLocatorW GopherGetLocatorTypeW GopherGetAttributeW HttpAddRequestHeadersW
      HttpSendRequestW HttpSendRequestExW HttpEndRequestW InternetSetCookieW InternetCheckConnectionW
      ResumeSuspendedDownload CreateUrlCacheEntryW CommitUrlCacheEntryW RetrieveUrlCacheEntryFileW
      UnlockUrlCacheEntryFile RetrieveUrlCacheEntryStreamW ReadUrlCacheEntryStream UnlockUrlCacheEntryStream
      SetUrlCacheEntryInfoW DeleteUrlCacheGroup FindCloseUrlCache DeleteUrlCacheEntry
    `,
  },
  {
    pages: 'wininet',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      InternetCanonicalizeUrlW InternetQueryOptionW InternetGetLastResponseInfoW HttpQueryInfoW InternetGetCookieW
      InternetGetCookieExW GetUrlCacheEntryInfoW GetUrlCacheEntryInfoExW
    `,
  },
  {
    pages: 'wininet',
    failure: { when: 'minusOne', code: 'lastError', success: [0] },
    functions: 'InternetSetFilePointer',
  },
  {
    pages: 'wininet',
    failure: 'lastErrorIfZero',
    absent: [18],
    functions: 'InternetFindNextFileW FtpFindFirstFileW FindFirstUrlCacheGroup FindNextUrlCacheGroup',
  },
  {
    pages: 'wininet',
    failure: 'win32',
    functions: 'InternetAttemptConnect',
  },
  {
    pages: 'wininet',
    failure: 'lastErrorIfZero',
    absent: [259],
    tooSmall: [122],
    functions: `
      FindFirstUrlCacheEntryExW FindNextUrlCacheEntryExW FindFirstUrlCacheEntryW FindNextUrlCacheEntryW
    `,
  },
  {
    pages: 'http',
    failure: 'win32',
    functions: `
      HttpInitialize HttpTerminate HttpCreateHttpHandle HttpCreateRequestQueue HttpCloseRequestQueue
      HttpSetRequestQueueProperty HttpQueryRequestQueueProperty HttpSetRequestProperty HttpShutdownRequestQueue
      HttpCloseServerSession HttpQueryServerSessionProperty HttpSetServerSessionProperty HttpAddUrl HttpRemoveUrl
      HttpCloseUrlGroup HttpAddUrlToUrlGroup HttpRemoveUrlFromUrlGroup HttpSetUrlGroupProperty
      HttpQueryUrlGroupProperty HttpPrepareUrl HttpDeclarePush HttpWaitForDisconnectEx HttpCancelHttpRequest
      HttpWaitForDemandStart HttpSetServiceConfiguration HttpUpdateServiceConfiguration HttpDeleteServiceConfiguration
    `,
  },
  {
    pages: 'http',
    failure: 'none',
    functions: 'HttpIsFeatureSupported',
  },
  {
    pages: 'http',
    failure: 'win32',
    absent: [259],
    tooSmall: [122],
    functions: 'HttpQueryServiceConfiguration',
  },
  {
    pages: 'dhcpsapi',
    failure: 'win32',
    functions: `
      DhcpAddFilterV4 DhcpDeleteFilterV4 DhcpSetFilterV4 DhcpGetFilterV4 DhcpCreateSubnet DhcpSetSubnetInfo
      DhcpGetSubnetInfo DhcpAddSubnetElement DhcpRemoveSubnetElement DhcpDeleteSubnet DhcpCreateOption
      DhcpSetOptionInfo DhcpGetOptionInfo DhcpRemoveOption DhcpSetOptionValue DhcpSetOptionValues DhcpGetOptionValue
      DhcpRemoveOptionValue DhcpCreateClientInfoVQ DhcpSetClientInfoVQ DhcpGetClientInfoVQ DhcpCreateClientInfo
      DhcpSetClientInfo DhcpGetClientInfo DhcpDeleteClientInfo DhcpGetClientOptions DhcpGetMibInfo DhcpServerSetConfig
      DhcpServerGetConfig DhcpScanDatabase DhcpGetVersion DhcpAddSubnetElementV4 DhcpRemoveSubnetElementV4
      DhcpCreateClientInfoV4 DhcpSetClientInfoV4 DhcpGetClientInfoV4 DhcpServerSetConfigV4 DhcpServerGetConfigV4
      DhcpSetSuperScopeV4 DhcpDeleteSuperScopeV4 DhcpGetSuperScopeInfoV4 DhcpCreateOptionV5 DhcpSetOptionInfoV5
      DhcpGetOptionInfoV5 DhcpRemoveOptionV5 DhcpSetOptionValueV5 DhcpSetOptionValuesV5 DhcpGetOptionValueV5
      DhcpGetOptionValueV6 DhcpRemoveOptionValueV5 DhcpCreateClass DhcpModifyClass DhcpDeleteClass DhcpGetClassInfo
      DhcpGetAllOptions DhcpGetAllOptionsV6 DhcpGetAllOptionValues DhcpGetAllOptionValuesV6 DhcpAddServer
      DhcpDeleteServer DhcpGetServerBindingInfo DhcpSetServerBindingInfo DhcpAddSubnetElementV5
      DhcpRemoveSubnetElementV5 DhcpCreateOptionV6 DhcpRemoveOptionV6 DhcpRemoveOptionValueV6 DhcpGetOptionInfoV6
      DhcpSetOptionInfoV6 DhcpSetOptionValueV6 DhcpGetSubnetInfoVQ DhcpCreateSubnetVQ DhcpSetSubnetInfoVQ
      DhcpSetThreadOptions DhcpGetThreadOptions DhcpServerQueryAttribute DhcpServerQueryAttributes
      DhcpServerRedoAuthorization DhcpAuditLogSetParams DhcpAuditLogGetParams DhcpServerQueryDnsRegCredentials
      DhcpServerSetDnsRegCredentials DhcpServerSetDnsRegCredentialsV5 DhcpServerBackupDatabase
      DhcpServerRestoreDatabase DhcpServerSetConfigVQ DhcpServerGetConfigVQ DhcpGetServerSpecificStrings
      DhcpCreateSubnetV6 DhcpDeleteSubnetV6 DhcpAddSubnetElementV6 DhcpRemoveSubnetElementV6 DhcpGetSubnetInfoV6
      DhcpServerGetConfigV6 DhcpServerSetConfigV6 DhcpSetSubnetInfoV6 DhcpGetMibInfoV6 DhcpGetServerBindingInfoV6
      DhcpSetServerBindingInfoV6 DhcpSetClientInfoV6 DhcpGetClientInfoV6 DhcpDeleteClientInfoV6 DhcpCreateClassV6
      DhcpModifyClassV6 DhcpDeleteClassV6 DhcpSetSubnetDelayOffer DhcpGetSubnetDelayOffer DhcpGetMibInfoV5
      DhcpAddSecurityGroup DhcpV4GetOptionValue DhcpV4SetOptionValue DhcpV4SetOptionValues DhcpV4RemoveOptionValue
      DhcpV4GetAllOptionValues DhcpV4FailoverCreateRelationship DhcpV4FailoverSetRelationship
      DhcpV4FailoverDeleteRelationship DhcpV4FailoverGetRelationship DhcpV4FailoverAddScopeToRelationship
      DhcpV4FailoverDeleteScopeFromRelationship DhcpV4FailoverGetScopeRelationship DhcpV4FailoverGetScopeStatistics
      DhcpV4FailoverGetClientInfo DhcpV4FailoverGetSystemTime DhcpV4FailoverGetAddressStatus
      DhcpV4FailoverTriggerAddrAllocation DhcpV4QueryPolicyEnforcement DhcpV4SetPolicyEnforcement DhcpV4CreatePolicy
      DhcpV4GetPolicy DhcpV4SetPolicy DhcpV4DeletePolicy DhcpV4AddPolicyRange DhcpV4RemovePolicyRange
      DhcpV6SetStatelessStoreParams DhcpV6GetStatelessStoreParams DhcpV6GetStatelessStatistics DhcpV4CreateClientInfo
      DhcpV4GetClientInfo DhcpV6CreateClientInfo DhcpV4GetFreeIPAddress DhcpV6GetFreeIPAddress
      DhcpV4CreateClientInfoEx DhcpV4GetClientInfoEx DhcpV4CreatePolicyEx DhcpV4GetPolicyEx DhcpV4SetPolicyEx
    `,
  },
  {
    pages: 'dhcpsapi',
    failure: 'win32',
    absent: [259],
    more: [234],
    functions: `
      DhcpEnumFilterV4 DhcpEnumSubnets DhcpEnumSubnetElements DhcpEnumOptions DhcpEnumOptionValues
      DhcpEnumSubnetClientsVQ DhcpEnumSubnetClientsFilterStatusInfo DhcpEnumSubnetClients DhcpEnumSubnetElementsV4
      DhcpEnumSubnetClientsV4 DhcpEnumSubnetClientsV5 DhcpEnumOptionsV5 DhcpEnumOptionValuesV5 DhcpEnumClasses
      DhcpEnumServers DhcpEnumSubnetElementsV5 DhcpV4EnumSubnetReservations DhcpEnumOptionsV6 DhcpEnumOptionValuesV6
      DhcpEnumSubnetsV6 DhcpEnumSubnetElementsV6 DhcpEnumSubnetClientsV6 DhcpEnumClassesV6
      DhcpV4FailoverEnumRelationship DhcpV4EnumPolicies DhcpV4EnumSubnetClients DhcpV4EnumSubnetClientsEx
      DhcpV4EnumPoliciesEx
    `,
  },
  {
    pages: 'dhcpcsdk',
    failure: 'win32',
    functions: `
      DhcpCApiInitialize DhcpRequestParams DhcpUndoRequestParams DhcpRegisterParamChange DhcpDeRegisterParamChange
      DhcpRemoveDNSRegistrations
    `,
  },
  {
    pages: 'wlanapi',
    failure: 'win32',
    functions: `
      WlanOpenHandle WlanCloseHandle WlanEnumInterfaces WlanSetAutoConfigParameter WlanQueryAutoConfigParameter
      WlanGetInterfaceCapability WlanSetInterface WlanQueryInterface WlanIhvControl WlanScan
      WlanGetAvailableNetworkList WlanGetNetworkBssList WlanConnect WlanDisconnect WlanRegisterNotification
      WlanGetProfile WlanSetProfileEapUserData WlanSetProfileEapXmlUserData WlanSetProfile WlanDeleteProfile
      WlanRenameProfile WlanGetProfileList WlanSetProfileList WlanSetProfilePosition WlanSetProfileCustomUserData
      WlanGetProfileCustomUserData WlanSetFilterList WlanGetFilterList WlanSetPsdIEDataList WlanSaveTemporaryProfile
      WlanDeviceServiceCommand WlanGetSupportedDeviceServices WlanRegisterDeviceServiceNotification
      WlanExtractPsdIEDataList WlanReasonCodeToString WlanSetSecuritySettings WlanGetSecuritySettings
      WlanUIEditProfile WlanHostedNetworkStartUsing WlanHostedNetworkStopUsing WlanHostedNetworkForceStart
      WlanHostedNetworkForceStop WlanHostedNetworkQueryProperty WlanHostedNetworkSetProperty
      WlanHostedNetworkInitSettings WlanHostedNetworkRefreshSecuritySettings WlanHostedNetworkQueryStatus
      WlanHostedNetworkSetSecondaryKey WlanHostedNetworkQuerySecondaryKey WlanRegisterVirtualStationNotification
    `,
  },
  {
    pages: 'wlanapi',
    failure: { when: 'zero', code: 'none' },
    functions: 'WlanAllocateMemory',
  },
  {
    pages: 'fwpmu',
    failure: 'win32',
    functions: `
      FwpmEngineOpen0 FwpmEngineClose0 FwpmEngineGetOption0 FwpmEngineSetOption0 FwpmEngineGetSecurityInfo0
      FwpmEngineSetSecurityInfo0 FwpmSessionCreateEnumHandle0 FwpmSessionEnum0 FwpmSessionDestroyEnumHandle0
      FwpmTransactionBegin0 FwpmTransactionCommit0 FwpmTransactionAbort0 FwpmProviderAdd0 FwpmProviderDeleteByKey0
      FwpmProviderCreateEnumHandle0 FwpmProviderEnum0 FwpmProviderDestroyEnumHandle0 FwpmProviderGetSecurityInfoByKey0
      FwpmProviderSetSecurityInfoByKey0 FwpmProviderSubscribeChanges0 FwpmProviderUnsubscribeChanges0
      FwpmProviderSubscriptionsGet0 FwpmProviderContextAdd0 FwpmProviderContextAdd1 FwpmProviderContextAdd2
      FwpmProviderContextDeleteById0 FwpmProviderContextDeleteByKey0 FwpmProviderContextCreateEnumHandle0
      FwpmProviderContextEnum0 FwpmProviderContextEnum1 FwpmProviderContextEnum2 FwpmProviderContextDestroyEnumHandle0
      FwpmProviderContextGetSecurityInfoByKey0 FwpmProviderContextSetSecurityInfoByKey0
      FwpmProviderContextSubscribeChanges0 FwpmProviderContextUnsubscribeChanges0 FwpmProviderContextSubscriptionsGet0
      FwpmSubLayerAdd0 FwpmSubLayerDeleteByKey0 FwpmSubLayerCreateEnumHandle0 FwpmSubLayerEnum0
      FwpmSubLayerDestroyEnumHandle0 FwpmSubLayerGetSecurityInfoByKey0 FwpmSubLayerSetSecurityInfoByKey0
      FwpmSubLayerSubscribeChanges0 FwpmSubLayerUnsubscribeChanges0 FwpmSubLayerSubscriptionsGet0
      FwpmLayerCreateEnumHandle0 FwpmLayerEnum0 FwpmLayerDestroyEnumHandle0 FwpmLayerGetSecurityInfoByKey0
      FwpmLayerSetSecurityInfoByKey0 FwpmCalloutAdd0 FwpmCalloutDeleteById0 FwpmCalloutDeleteByKey0
      FwpmCalloutCreateEnumHandle0 FwpmCalloutEnum0 FwpmCalloutDestroyEnumHandle0 FwpmCalloutGetSecurityInfoByKey0
      FwpmCalloutSetSecurityInfoByKey0 FwpmCalloutSubscribeChanges0 FwpmCalloutUnsubscribeChanges0
      FwpmCalloutSubscriptionsGet0 FwpmFilterAdd0 FwpmFilterDeleteById0 FwpmFilterDeleteByKey0
      FwpmFilterCreateEnumHandle0 FwpmFilterEnum0 FwpmFilterDestroyEnumHandle0 FwpmFilterGetSecurityInfoByKey0
      FwpmFilterSetSecurityInfoByKey0 FwpmFilterSubscribeChanges0 FwpmFilterUnsubscribeChanges0
      FwpmFilterSubscriptionsGet0 FwpmIPsecTunnelAdd0 FwpmIPsecTunnelAdd1 FwpmIPsecTunnelAdd2
      FwpmIPsecTunnelDeleteByKey0 IPsecGetStatistics0 IPsecGetStatistics1 IPsecSaContextCreate0 IPsecSaContextCreate1
      IPsecSaContextDeleteById0 IPsecSaContextGetSpi0 IPsecSaContextGetSpi1 IPsecSaContextSetSpi0
      IPsecSaContextAddInbound0 IPsecSaContextAddOutbound0 IPsecSaContextAddInbound1 IPsecSaContextAddOutbound1
      IPsecSaContextExpire0 IPsecSaContextUpdate0 IPsecSaContextCreateEnumHandle0 IPsecSaContextEnum0
      IPsecSaContextEnum1 IPsecSaContextDestroyEnumHandle0 IPsecSaContextSubscribe0 IPsecSaContextUnsubscribe0
      IPsecSaCreateEnumHandle0 IPsecSaEnum0 IPsecSaEnum1 IPsecSaDestroyEnumHandle0 IPsecSaDbGetSecurityInfo0
      IPsecSaDbSetSecurityInfo0 IPsecDospGetStatistics0 IPsecDospStateCreateEnumHandle0 IPsecDospStateEnum0
      IPsecDospStateDestroyEnumHandle0 IPsecDospGetSecurityInfo0 IPsecDospSetSecurityInfo0
      IPsecKeyManagerAddAndRegister0 IPsecKeyManagerUnregisterAndDelete0 IPsecKeyManagerGetSecurityInfoByKey0
      IPsecKeyManagerSetSecurityInfoByKey0 IkeextGetStatistics0 IkeextGetStatistics1 IkeextSaDeleteById0
      IkeextSaCreateEnumHandle0 IkeextSaEnum0 IkeextSaEnum1 IkeextSaEnum2 IkeextSaDestroyEnumHandle0
      IkeextSaDbGetSecurityInfo0 IkeextSaDbSetSecurityInfo0 FwpmNetEventCreateEnumHandle0 FwpmNetEventEnum0
      FwpmNetEventEnum1 FwpmNetEventEnum2 FwpmNetEventEnum3 FwpmNetEventDestroyEnumHandle0
      FwpmNetEventsGetSecurityInfo0 FwpmNetEventsSetSecurityInfo0 FwpmNetEventSubscribe0 FwpmNetEventUnsubscribe0
      FwpmNetEventSubscriptionsGet0 FwpmNetEventSubscribe1 FwpmNetEventSubscribe2 FwpmDynamicKeywordSubscribe0
      FwpmDynamicKeywordUnsubscribe0 FwpmSystemPortsSubscribe0 FwpmSystemPortsUnsubscribe0 FwpmConnectionEnum0
      FwpmConnectionCreateEnumHandle0 FwpmConnectionDestroyEnumHandle0 FwpmConnectionGetSecurityInfo0
      FwpmConnectionSetSecurityInfo0 FwpmConnectionSubscribe0 FwpmConnectionUnsubscribe0
    `,
  },
  {
    pages: 'winnetwk',
    failure: 'win32',
    functions: `
      WNetAddConnectionW WNetAddConnection2W WNetAddConnection3W WNetAddConnection4W WNetCancelConnection2W
      WNetUseConnection4W WNetOpenEnumW WNetCloseEnum WNetGetNetworkInformationW WNetGetLastErrorW
    `,
  },
  {
    pages: 'winnetwk',
    failure: 'win32',
    tooSmall: [234],
    functions: `
      WNetGetConnectionW WNetUseConnectionW WNetGetResourceParentW WNetGetResourceInformationW WNetGetUniversalNameW
      WNetGetUserW WNetGetProviderNameW
    `,
  },
  {
    pages: 'winnetwk',
    failure: 'win32',
    absent: [0xffffffff],
    functions: 'WNetConnectionDialog WNetDisconnectDialog WNetConnectionDialog1W WNetDisconnectDialog1W',
  },
  {
    pages: 'winnetwk',
    failure: 'win32',
    absent: [259],
    tooSmall: [234],
    functions: 'WNetEnumResourceW',
  },
  {
    pages: 'davclnt',
    failure: 'win32',
    functions: `
      DavAddConnection DavDeleteConnection DavGetUNCFromHTTPPath DavGetHTTPFromUNCPath DavGetTheLockOwnerOfTheFile
      DavGetExtendedError DavFlushFile DavInvalidateCache DavCancelConnectionsToServer
    `,
  },
  {
    pages: 'ntdsapi',
    failure: 'win32',
    functions: `
      DsBindW DsBindWithCredW DsBindWithSpnW DsBindWithSpnExW DsBindByInstanceW DsBindToISTGW DsBindingSetTimeout
      DsMakePasswordCredentialsW DsCrackNamesW DsGetSpnW DsWriteAccountSpnW DsClientMakeSpnForTargetServerW
      DsServerRegisterSpnW DsReplicaSyncW DsReplicaAddW DsReplicaDelW DsReplicaModifyW DsReplicaUpdateRefsW
      DsReplicaSyncAllW DsRemoveDsServerW DsRemoveDsDomainW DsListSitesW DsListServersInSiteW DsListDomainsInSiteW
      DsListServersForDomainInSiteW DsListInfoForServerW DsListRolesW DsQuerySitesByCostW DsMapSchemaGuidsW
      DsGetDomainControllerInfoW DsReplicaConsistencyCheck DsReplicaVerifyObjectsW DsReplicaGetInfoW
      DsReplicaGetInfo2W DsAddSidHistoryW DsInheritSecurityIdentityW
    `,
  },
  {
    pages: 'ntdsapi',
    failure: 'none',
    functions: 'DsUnBindW',
  },
  {
    pages: 'dsparse',
    failure: 'win32',
    functions: 'DsMakeSpnW DsCrackSpnW DsQuoteRdnValueW DsUnquoteRdnValueW DsGetRdnW',
  },
  {
    pages: 'dsparse',
    failure: 'none',
    functions: 'DsIsMangledRdnValueW DsIsMangledDnW',
  },
  {
    pages: 'dsgetdc',
    failure: 'win32',
    functions: `
      DsGetDcNameW DsGetSiteNameW DsValidateSubnetNameW DsAddressToSiteNamesW DsAddressToSiteNamesExW
      DsEnumerateDomainTrustsW DsGetForestTrustInformationW DsMergeForestTrustInformationW DsGetDcSiteCoverageW
      DsDeregisterDnsHostRecordsW DsGetDcOpenW
    `,
  },
  {
    pages: 'dsgetdc',
    failure: 'win32',
    absent: [259],
    functions: 'DsGetDcNextW',
  },
  {
    pages: 'dsrole',
    failure: 'win32',
    functions: 'DsRoleGetPrimaryDomainInformation',
  },
  {
    pages: 'lmaccess',
    failure: 'win32',
    functions: `
      NetUserAdd NetUserGetInfo NetUserSetInfo NetUserDel NetUserSetGroups NetUserModalsGet NetUserModalsSet
      NetUserChangePassword NetGroupAdd NetGroupAddUser NetGroupGetInfo NetGroupSetInfo NetGroupDel NetGroupDelUser
      NetGroupSetUsers NetLocalGroupAdd NetLocalGroupAddMember NetLocalGroupGetInfo NetLocalGroupSetInfo
      NetLocalGroupDel NetLocalGroupDelMember NetLocalGroupSetMembers NetLocalGroupAddMembers NetLocalGroupDelMembers
      NetValidatePasswordPolicy NetValidatePasswordPolicyFree NetGetDCName NetGetAnyDCName
    `,
  },
  {
    pages: 'lmaccess',
    failure: 'win32',
    more: [234],
    functions: `
      NetUserEnum NetUserGetGroups NetUserGetLocalGroups NetGroupEnum NetGroupGetUsers NetLocalGroupEnum
      NetLocalGroupGetMembers NetQueryDisplayInformation
    `,
  },
  {
    pages: 'lmaccess',
    failure: 'win32',
    absent: [259],
    functions: 'NetGetDisplayInformationIndex',
  },
  {
    pages: 'lmaccess',
    failure: 'ntstatus',
    functions: `
      NetAddServiceAccount NetRemoveServiceAccount NetEnumerateServiceAccounts NetIsServiceAccount
      NetQueryServiceAccount
    `,
  },
  {
    pages: 'lmshare',
    failure: 'win32',
    functions: `
      NetShareAdd NetShareGetInfo NetShareSetInfo NetShareDel NetShareCheck NetShareDelEx NetSessionDel
      NetSessionGetInfo NetFileClose NetFileGetInfo
    `,
  },
  {
    pages: 'lmshare',
    failure: 'win32',
    more: [234],
    functions: 'NetShareEnum NetSessionEnum NetConnectionEnum NetFileEnum',
  },
  {
    pages: 'lmserver',
    failure: 'win32',
    more: [234],
    functions: 'NetServerEnum NetServerDiskEnum NetServerTransportEnum',
  },
  {
    pages: 'lmserver',
    failure: 'win32',
    functions: `
      NetServerGetInfo NetServerSetInfo NetServerComputerNameAdd NetServerComputerNameDel NetServerTransportAdd
      NetServerTransportAddEx NetServerTransportDel
    `,
  },
  {
    pages: 'lmserver',
    failure: 'lastErrorIfZero',
    functions: 'SetServiceBits',
  },
  {
    pages: 'lmjoin',
    failure: 'win32',
    functions: `
      NetJoinDomain NetUnjoinDomain NetRenameMachineInDomain NetValidateName NetGetJoinableOUs
      NetAddAlternateComputerName NetRemoveAlternateComputerName NetSetPrimaryComputerName NetEnumerateComputerNames
      NetProvisionComputerAccount NetRequestOfflineDomainJoin NetCreateProvisioningPackage
      NetRequestProvisioningPackageInstall NetGetJoinInformation
    `,
  },
  {
    pages: 'lmwksta',
    failure: 'win32',
    functions: `
      NetWkstaGetInfo NetWkstaSetInfo NetWkstaUserGetInfo NetWkstaUserSetInfo NetWkstaTransportAdd
      NetWkstaTransportDel
    `,
  },
  {
    pages: 'lmwksta',
    failure: 'win32',
    more: [234],
    functions: 'NetWkstaUserEnum NetWkstaTransportEnum',
  },
  {
    pages: 'lmuse',
    failure: 'win32',
    functions: 'NetUseAdd NetUseDel NetUseGetInfo',
  },
  {
    pages: 'lmuse',
    failure: 'win32',
    more: [234],
    functions: 'NetUseEnum',
  },
  {
    pages: 'lmat',
    failure: 'win32',
    functions: 'NetScheduleJobAdd NetScheduleJobDel NetScheduleJobGetInfo',
  },
  {
    pages: 'lmat',
    failure: 'win32',
    more: [234],
    functions: 'NetScheduleJobEnum',
  },
  {
    pages: 'lmapibuf',
    failure: 'win32',
    functions: 'NetApiBufferAllocate NetApiBufferFree NetApiBufferReallocate NetApiBufferSize',
  },
  {
    pages: 'lmalert',
    failure: 'win32',
    functions: 'NetAlertRaise NetAlertRaiseEx',
  },
  {
    pages: 'lmstats',
    failure: 'win32',
    functions: 'NetStatisticsGet',
  },
  {
    pages: 'lmremutl',
    failure: 'win32',
    functions: 'NetRemoteTOD NetRemoteComputerSupports',
  },
  {
    pages: 'lmdfs',
    failure: 'win32',
    functions: `
      NetDfsAdd NetDfsAddStdRoot NetDfsRemoveStdRoot NetDfsAddFtRoot NetDfsRemoveFtRoot NetDfsRemoveFtRootForced
      NetDfsRemove NetDfsGetInfo NetDfsSetInfo NetDfsGetClientInfo NetDfsSetClientInfo NetDfsMove NetDfsAddRootTarget
      NetDfsRemoveRootTarget NetDfsGetSecurity NetDfsSetSecurity NetDfsGetStdContainerSecurity
      NetDfsSetStdContainerSecurity NetDfsGetFtContainerSecurity NetDfsSetFtContainerSecurity
      NetDfsGetSupportedNamespaceVersion
    `,
  },
  {
    pages: 'lmdfs',
    failure: 'win32',
    absent: [259],
    functions: 'NetDfsEnum',
  },
  {
    pages: 'lmmsg',
    failure: 'win32',
    functions: 'NetMessageBufferSend',
  },
  {
    pages: 'wtsapi32',
    failure: 'lastErrorIfZero',
    functions: `
      WTSStopRemoteControlSession WTSStartRemoteControlSessionW WTSConnectSessionW WTSEnumerateServersW
      WTSEnumerateSessionsW WTSEnumerateSessionsExW WTSEnumerateProcessesW WTSTerminateProcess
      WTSQuerySessionInformationW WTSQueryUserConfigW WTSSetUserConfigW WTSSendMessageW WTSDisconnectSession
      WTSLogoffSession WTSShutdownSystem WTSWaitSystemEvent WTSVirtualChannelOpen WTSVirtualChannelClose
      WTSVirtualChannelRead WTSVirtualChannelWrite WTSVirtualChannelPurgeInput WTSVirtualChannelPurgeOutput
      WTSVirtualChannelQuery WTSRegisterSessionNotification WTSUnRegisterSessionNotification
      WTSRegisterSessionNotificationEx WTSUnRegisterSessionNotificationEx WTSQueryUserToken WTSFreeMemoryExW
      WTSEnumerateProcessesExW WTSEnumerateListenersW WTSQueryListenerConfigW WTSCreateListenerW
      WTSSetListenerSecurityW WTSGetListenerSecurityW
    `,
  },
  {
    pages: 'wtsapi32',
    failure: 'none',
    functions: 'WTSOpenServerW WTSOpenServerExW',
  },
  {
    pages: 'wtsapi32',
    failure: { when: 'zero', code: 'none' },
    functions: 'WTSEnableChildSessions WTSIsChildSessionsEnabled WTSGetChildSessionId',
  },
];
