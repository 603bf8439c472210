/** Reviewed failure rules of functions about tokens, access control, LSA, credentials, cryptography, smart cards and profiles. */
import type { ReviewedFunctions } from '../reviewed.js';

export const SECURITY: readonly ReviewedFunctions[] = [
  {
    pages: 'securitybaseapi',
    failure: 'lastErrorIfZero',
    functions: `
      AccessCheck AccessCheckAndAuditAlarmW AccessCheckByType AccessCheckByTypeResultList
      AccessCheckByTypeAndAuditAlarmW AccessCheckByTypeResultListAndAuditAlarmW
      AccessCheckByTypeResultListAndAuditAlarmByHandleW AddAccessAllowedAce AddAccessAllowedAceEx
      AddAccessAllowedObjectAce AddAccessDeniedAce AddAccessDeniedAceEx AddAccessDeniedObjectAce AddAce
      AddAuditAccessAce AddAuditAccessAceEx AddAuditAccessObjectAce AddMandatoryAce AddResourceAttributeAce
      AddScopedPolicyIDAce AdjustTokenGroups AdjustTokenPrivileges AllocateAndInitializeSid AllocateLocallyUniqueId
      CheckTokenMembership CheckTokenCapability CheckTokenMembershipEx ConvertToAutoInheritPrivateObjectSecurity
      CopySid CreatePrivateObjectSecurity CreatePrivateObjectSecurityEx
      CreatePrivateObjectSecurityWithMultipleInheritance CreateRestrictedToken DeleteAce DestroyPrivateObjectSecurity
      DuplicateToken DuplicateTokenEx FindFirstFreeAce GetAce GetAclInformation GetPrivateObjectSecurity
      GetSecurityDescriptorControl GetSecurityDescriptorDacl GetSecurityDescriptorGroup GetSecurityDescriptorOwner
      GetSecurityDescriptorSacl GetWindowsAccountDomainSid ImpersonateAnonymousToken ImpersonateLoggedOnUser
      ImpersonateSelf InitializeAcl InitializeSecurityDescriptor InitializeSid ObjectCloseAuditAlarmW
      ObjectOpenAuditAlarmW ObjectPrivilegeAuditAlarmW PrivilegeCheck PrivilegedServiceAuditAlarmW RevertToSelf
      SetAclInformation SetFileSecurityW SetKernelObjectSecurity SetPrivateObjectSecurity SetPrivateObjectSecurityEx
      SetSecurityDescriptorControl SetSecurityDescriptorDacl SetSecurityDescriptorGroup SetSecurityDescriptorOwner
      SetSecurityDescriptorSacl SetTokenInformation DeriveCapabilitySidsFromName
    `,
  },
  {
    pages: 'securitybaseapi',
    failure: 'none',
    functions: `
      AreAllAccessesGranted AreAnyAccessesGranted EqualPrefixSid EqualSid GetLengthSid GetSecurityDescriptorLength
      GetSidLengthRequired IsValidAcl IsValidSecurityDescriptor IsValidSid IsWellKnownSid
    `,
  },
  {
    pages: 'securitybaseapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      CreateWellKnownSid GetFileSecurityW GetKernelObjectSecurity GetTokenInformation MakeAbsoluteSD
      MakeSelfRelativeSD
    `,
  },
  {
    pages: 'securitybaseapi',
    failure: { when: 'zero', code: 'lastError', success: [0] },
    functions: 'IsTokenRestricted',
  },
  {
    pages: 'ntsecapi',
    failure: 'ntstatus',
    functions: `
      LsaRegisterLogonProcess LsaLogonUser LsaLookupAuthenticationPackage LsaFreeReturnBuffer
      LsaCallAuthenticationPackage LsaDeregisterLogonProcess LsaConnectUntrusted LsaFreeMemory LsaClose
      LsaEnumerateLogonSessions LsaGetLogonSessionData LsaOpenPolicy LsaQueryInformationPolicy LsaSetInformationPolicy
      LsaQueryDomainInformationPolicy LsaSetDomainInformationPolicy LsaRegisterPolicyChangeNotification
      LsaUnregisterPolicyChangeNotification LsaLookupNames LsaLookupNames2 LsaLookupSids LsaLookupSids2
      LsaAddAccountRights LsaRemoveAccountRights LsaOpenTrustedDomainByName LsaQueryTrustedDomainInfo
      LsaSetTrustedDomainInformation LsaDeleteTrustedDomain LsaQueryTrustedDomainInfoByName
      LsaSetTrustedDomainInfoByName LsaCreateTrustedDomainEx LsaQueryForestTrustInformation
      LsaSetForestTrustInformation LsaStorePrivateData LsaRetrievePrivateData
    `,
  },
  {
    pages: 'ntsecapi',
    failure: 'ntstatus',
    absent: [0x8000001a],
    functions: 'LsaEnumerateTrustedDomains LsaEnumerateAccountsWithUserRight LsaEnumerateTrustedDomainsEx',
  },
  {
    pages: 'ntsecapi',
    failure: 'ntstatus',
    absent: [0xc0000034],
    functions: 'LsaEnumerateAccountRights',
  },
  {
    pages: 'ntsecapi',
    failure: 'none',
    functions: 'LsaNtStatusToWinError',
  },
  {
    pages: 'ntsecapi',
    failure: 'lastErrorIfZero',
    functions: `
      AuditSetSystemPolicy AuditSetPerUserPolicy AuditQuerySystemPolicy AuditQueryPerUserPolicy
      AuditEnumeratePerUserPolicy AuditComputeEffectivePolicyBySid AuditComputeEffectivePolicyByToken
      AuditEnumerateCategories AuditEnumerateSubCategories AuditLookupCategoryNameW AuditLookupSubCategoryNameW
      AuditLookupCategoryIdFromCategoryGuid AuditLookupCategoryGuidFromCategoryId AuditSetSecurity AuditQuerySecurity
      AuditSetGlobalSaclW AuditQueryGlobalSaclW
    `,
  },
  {
    pages: 'authz',
    failure: 'lastErrorIfZero',
    functions: `
      AuthzAccessCheck AuthzCachedAccessCheck AuthzOpenObjectAudit AuthzFreeHandle AuthzInitializeResourceManager
      AuthzInitializeResourceManagerEx AuthzInitializeRemoteResourceManager AuthzFreeResourceManager
      AuthzInitializeContextFromToken AuthzInitializeContextFromSid AuthzInitializeContextFromAuthzContext
      AuthzInitializeCompoundContext AuthzAddSidsToContext AuthzModifySecurityAttributes AuthzModifyClaims
      AuthzModifySids AuthzSetAppContainerInformation AuthzGetInformationFromContext AuthzFreeContext
      AuthzInitializeObjectAccessAuditEvent AuthzInitializeObjectAccessAuditEvent2 AuthzFreeAuditEvent
      AuthzInstallSecurityEventSource AuthzUninstallSecurityEventSource AuthzEnumerateSecurityEventSources
      AuthzRegisterSecurityEventSource AuthzUnregisterSecurityEventSource AuthzReportSecurityEvent
      AuthzReportSecurityEventFromParams AuthzRegisterCapChangeNotification AuthzUnregisterCapChangeNotification
      AuthzFreeCentralAccessPolicyCache
    `,
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    functions: `
      CryptAcquireContextW CryptReleaseContext CryptGenKey CryptDeriveKey CryptDestroyKey CryptSetKeyParam
      CryptSetHashParam CryptSetProvParam CryptGenRandom CryptGetUserKey CryptImportKey CryptEncrypt CryptDecrypt
      CryptCreateHash CryptHashData CryptHashSessionKey CryptDestroyHash CryptVerifySignatureW CryptSetProviderW
      CryptSetProviderExW CryptContextAddRef CryptDuplicateKey CryptDuplicateHash CryptFormatObject
      CryptGetOIDFunctionAddress CryptGetDefaultOIDDllList CryptEnumOIDFunction CryptMsgOpenToEncode
      CryptMsgCalculateEncodedLength CryptMsgOpenToDecode CryptMsgUpdate CryptMsgControl
      CryptMsgVerifyCountersignatureEncoded CryptMsgVerifyCountersignatureEncodedEx CryptMsgCountersign
      CryptMsgCountersignEncoded CertOpenStore CertSaveStore CertCloseStore CertVerifySubjectCertificateContext
      CertSetCertificateContextProperty CertCreateCTLEntryFromCertificateContextProperties
      CertSetCertificateContextPropertiesFromCTLEntry CertSetCRLContextProperty CertAddEncodedCertificateToStore
      CertAddCertificateContextToStore CertAddSerializedElementToStore CertDeleteCertificateFromStore
      CertAddEncodedCRLToStore CertAddCRLContextToStore CertDeleteCRLFromStore CertSerializeCertificateStoreElement
      CertSerializeCRLStoreElement CertSetCTLContextProperty CertAddEncodedCTLToStore CertAddCTLContextToStore
      CertSerializeCTLStoreElement CertDeleteCTLFromStore CertAddCertificateLinkToStore CertAddCRLLinkToStore
      CertAddCTLLinkToStore CertAddStoreToCollection CertControlStore CertGetStoreProperty CertCreateContext
      CertEnumPhysicalStore CertSetEnhancedKeyUsage CertAddEnhancedKeyUsageIdentifier
      CertRemoveEnhancedKeyUsageIdentifier CertGetValidUsages CryptMsgGetAndVerifySigner CryptMsgSignCTL
      CryptMsgEncodeAndSignCTL CertVerifyCTLUsage CertVerifyRevocation CertGetPublicKeyLength
      CryptVerifyCertificateSignature CryptVerifyCertificateSignatureEx CryptHashToBeSigned CryptHashCertificate
      CryptHashCertificate2 CertGetIntendedKeyUsage CryptInstallDefaultContext CryptUninstallDefaultContext
      CryptImportPublicKeyInfo CryptImportPublicKeyInfoEx CryptImportPublicKeyInfoEx2
      CryptAcquireCertificatePrivateKey CryptFindCertificateKeyProvInfo CryptImportPKCS8 CertStrToNameW
      CryptVerifyDetachedMessageSignature CryptSignAndEncryptMessage CryptDecryptAndVerifyMessageSignature
      CryptDecodeMessage CryptVerifyMessageHash CryptVerifyDetachedMessageHash CryptSignMessageWithKey
      CryptVerifyMessageSignatureWithKey CertOpenSystemStoreW CertAddEncodedCertificateToSystemStoreW CryptQueryObject
      CryptGetObjectUrl CertCreateSelfSignCertificate CryptGetKeyIdentifierProperty CryptSetKeyIdentifierProperty
      CryptEnumKeyIdentifierProperties CryptCreateKeyIdentifierFromCSP CertCreateCertificateChainEngine
      CertResyncCertificateChainEngine CertGetCertificateChain PFXImportCertStore PFXExportCertStoreEx
      PFXExportCertStore CertOpenServerOcspResponse CertRetrieveLogoOrBiometricInfo CertSelectCertificateChains
      CryptRetrieveTimeStamp
    `,
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: `
      CryptGetKeyParam CryptGetHashParam CryptExportKey CryptSignHashW CryptGetDefaultProviderW CryptEncodeObjectEx
      CryptEncodeObject CryptDecodeObjectEx CryptDecodeObject CryptGetOIDFunctionValue CryptMsgGetParam
      CryptSignCertificate CryptSignAndEncodeCertificate CryptExportPublicKeyInfo CryptExportPublicKeyInfoEx
      CryptExportPKCS8 CryptHashPublicKeyInfo CryptSignMessage CryptVerifyMessageSignature CryptEncryptMessage
      CryptDecryptMessage CryptHashMessage CryptStringToBinaryW CryptBinaryToStringW
    `,
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    absent: [259],
    tooSmall: [234],
    functions: 'CryptGetProvParam',
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    absent: [259],
    functions: 'CryptEnumProviderTypesW CryptEnumProvidersW',
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    absent: [0x80092004],
    functions: `
      CertGetSubjectCertificateFromStore CertFindCertificateInStore CertGetIssuerCertificateFromStore
      CertGetCRLFromStore CertEnumCRLsInStore CertFindCRLInStore CertEnumCTLsInStore CertFindSubjectInCTL
      CertFindCTLInStore CertFindChainInStore
    `,
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    absent: [0x80092004, 18],
    functions: 'CertEnumCertificatesInStore',
  },
  {
    pages: 'wincrypt',
    failure: 'none',
    functions: `
      CertFreeCertificateContext CertEnumCertificateContextProperties CertFreeCRLContext CertEnumCRLContextProperties
      CertIsValidCRLForCertificate CertFreeCTLContext CertEnumCTLContextProperties CertCompareIntegerBlob
      CertCompareCertificate CertCompareCertificateName CertComparePublicKeyInfo CertVerifyTimeValidity
      CertVerifyCRLTimeValidity CertVerifyValidityNesting CertVerifyCRLRevocation CertOIDToAlgId CertNameToStrW
      CertGetNameStringW PFXIsPFXBlob PFXVerifyPassword
    `,
  },
  {
    pages: 'wincrypt',
    failure: 'lastErrorIfZero',
    absent: [0x80092004],
    tooSmall: [234],
    functions: 'CertGetCertificateContextProperty CertGetCRLContextProperty CertGetCTLContextProperty',
  },
  {
    pages: 'wincrypt',
    failure: { when: 'zero', code: 'none' },
    functions: `
      CertRegisterSystemStore CertRegisterPhysicalStore CertUnregisterSystemStore CertUnregisterPhysicalStore
      CertVerifyCertificateChainPolicy
    `,
  },
  {
    pages: 'bcrypt',
    failure: 'ntstatus',
    functions: `
      BCryptOpenAlgorithmProvider BCryptEnumAlgorithms BCryptEnumProviders BCryptSetProperty
      BCryptCloseAlgorithmProvider BCryptGenerateKeyPair BCryptImportKeyPair BCryptFinalizeKeyPair BCryptDestroyKey
      BCryptDestroySecret BCryptVerifySignature BCryptSecretAgreement BCryptDeriveKey BCryptKeyDerivation
      BCryptHashData BCryptFinishHash BCryptDestroyHash BCryptHash BCryptGenRandom BCryptDeriveKeyCapi
      BCryptDeriveKeyPBKDF2 BCryptCreateContext BCryptDeleteContext BCryptConfigureContext BCryptAddContextFunction
      BCryptRemoveContextFunction BCryptConfigureContextFunction BCryptSetContextFunctionProperty
      BCryptRegisterConfigChangeNotify BCryptUnregisterConfigChangeNotify BCryptGetFipsAlgorithmMode
    `,
  },
  {
    pages: 'bcrypt',
    failure: 'ntstatus',
    tooSmall: [0xc0000023],
    functions: `
      BCryptGetProperty BCryptGenerateSymmetricKey BCryptEncrypt BCryptDecrypt BCryptExportKey BCryptImportKey
      BCryptDuplicateKey BCryptSignHash BCryptCreateHash BCryptDuplicateHash BCryptQueryProviderRegistration
      BCryptEnumRegisteredProviders BCryptEnumContexts BCryptQueryContextConfiguration BCryptEnumContextFunctions
      BCryptQueryContextFunctionConfiguration BCryptEnumContextFunctionProviders BCryptQueryContextFunctionProperty
      BCryptResolveProviders
    `,
  },
  {
    pages: 'ncrypt',
    failure: 'hresult',
    functions: `
      NCryptOpenStorageProvider NCryptEnumAlgorithms NCryptIsAlgSupported NCryptEnumStorageProviders NCryptFreeBuffer
      NCryptOpenKey NCryptCreatePersistedKey NCryptSetProperty NCryptFinalizeKey NCryptEncrypt NCryptDecrypt
      NCryptImportKey NCryptExportKey NCryptSignHash NCryptVerifySignature NCryptDeleteKey NCryptFreeObject
      NCryptTranslateHandle NCryptNotifyChangeKey NCryptSecretAgreement NCryptDeriveKey NCryptKeyDerivation
    `,
  },
  {
    pages: 'ncrypt',
    failure: 'hresult',
    absent: [0x8009002a],
    functions: 'NCryptEnumKeys',
  },
  {
    pages: 'ncrypt',
    failure: 'hresult',
    tooSmall: [0x80090028],
    functions: 'NCryptGetProperty',
  },
  {
    pages: 'ncrypt',
    failure: 'none',
    functions: 'NCryptIsKeyHandle',
  },
  {
    pages: 'ncryptprotect',
    failure: 'hresult',
    functions: `
      NCryptRegisterProtectionDescriptorName NCryptQueryProtectionDescriptorName NCryptCreateProtectionDescriptor
      NCryptCloseProtectionDescriptor NCryptGetProtectionDescriptorInfo NCryptProtectSecret NCryptUnprotectSecret
      NCryptStreamOpenToProtect NCryptStreamOpenToUnprotect NCryptStreamOpenToUnprotectEx NCryptStreamUpdate
      NCryptStreamClose
    `,
  },
  {
    pages: 'wincred',
    failure: 'lastErrorIfZero',
    functions: `
      CredWriteW CredReadW CredWriteDomainCredentialsW CredReadDomainCredentialsW CredDeleteW CredRenameW
      CredGetTargetInfoW CredMarshalCredentialW CredUnmarshalCredentialW CredIsProtectedW CredFindBestCredentialW
      CredGetSessionTypes
    `,
  },
  {
    pages: 'wincred',
    failure: 'lastErrorIfZero',
    absent: [1168],
    functions: 'CredEnumerateW',
  },
  {
    pages: 'wincred',
    failure: 'none',
    functions: 'CredIsMarshaledCredentialW',
  },
  {
    pages: 'wincred',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'CredUnPackAuthenticationBufferW CredPackAuthenticationBufferW CredProtectW CredUnprotectW',
  },
  {
    pages: 'wincred',
    failure: 'win32',
    functions: `
      CredUIPromptForCredentialsW CredUIPromptForWindowsCredentialsW CredUIParseUserNameW
      CredUICmdLinePromptForCredentialsW CredUIConfirmCredentialsW CredUIStoreSSOCredW CredUIReadSSOCredW
    `,
  },
  {
    pages: 'dpapi',
    failure: 'lastErrorIfZero',
    functions: `
      CryptProtectData CryptUnprotectData CryptUpdateProtectedState CryptProtectMemory CryptUnprotectMemory
    `,
  },
  {
    pages: 'sspi',
    failure: 'hresult',
    functions: `
      AcquireCredentialsHandleW FreeCredentialsHandle ChangeAccountPasswordW InitializeSecurityContextW
      AcceptSecurityContext CompleteAuthToken ImpersonateSecurityContext RevertSecurityContext
      QuerySecurityContextToken DeleteSecurityContext ApplyControlToken QueryContextAttributesW
      QueryContextAttributesExW SetContextAttributesW QueryCredentialsAttributesW SetCredentialsAttributesW
      FreeContextBuffer MakeSignature VerifySignature EncryptMessage DecryptMessage EnumerateSecurityPackagesW
      QuerySecurityPackageInfoW ExportSecurityContext ImportSecurityContextW SaslEnumerateProfilesW
      SaslGetProfilePackageW SaslIdentifyPackageW SaslInitializeSecurityContextW SaslAcceptSecurityContext
      SaslSetContextOption SaslGetContextOption SspiPrepareForCredRead SspiPrepareForCredWrite SspiEncryptAuthIdentity
      SspiEncryptAuthIdentityEx SspiDecryptAuthIdentity SspiDecryptAuthIdentityEx SspiValidateAuthIdentity
      SspiCopyAuthIdentity SspiEncodeStringsAsAuthIdentity SspiCompareAuthIdentities SspiMarshalAuthIdentity
      SspiUnmarshalAuthIdentity SspiGetTargetHostName SspiExcludePackage AddSecurityPackageW DeleteSecurityPackageW
    `,
  },
  {
    pages: 'sspi',
    failure: 'none',
    functions: 'SspiIsAuthIdentityEncrypted SspiIsPromptingNeeded',
  },
  {
    pages: 'mscat',
    failure: 'lastErrorIfZero',
    functions: `
      CryptCATPersistStore CryptCATGetAttrInfo CryptCATAdminAcquireContext CryptCATAdminAcquireContext2
      CryptCATAdminEnumCatalogFromHash CryptCATAdminAddCatalog CryptCATAdminRemoveCatalog
      CryptCATCatalogInfoFromContext CryptCATAdminResolveCatalogPath
    `,
  },
  {
    pages: 'mscat',
    failure: 'none',
    functions: 'IsCatalogFile',
  },
  {
    pages: 'mscat',
    failure: { when: 'zero', code: 'none' },
    functions: 'CryptCATAdminReleaseContext CryptCATAdminReleaseCatalogContext',
  },
  {
    pages: 'mscat',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'CryptCATAdminCalcHashFromFileHandle CryptCATAdminCalcHashFromFileHandle2',
  },
  {
    pages: 'wintrust',
    failure: { when: 'nonzero', code: 'hresult' },
    functions: 'WinVerifyTrust WinVerifyTrustEx',
  },
  {
    pages: 'wintrust',
    failure: 'lastErrorIfZero',
    functions: 'WintrustAddActionID WintrustAddDefaultForUsage WintrustGetDefaultForUsage',
  },
  {
    pages: 'winsafer',
    failure: 'lastErrorIfZero',
    functions: `
      SaferGetPolicyInformation SaferSetPolicyInformation SaferCreateLevel SaferCloseLevel SaferIdentifyLevel
      SaferComputeTokenFromLevel SaferGetLevelInformation SaferSetLevelInformation SaferRecordEventLogEntry
    `,
  },
  {
    pages: 'winscard',
    failure: 'win32',
    functions: `
      SCardEstablishContext SCardReleaseContext SCardIsValidContext SCardListReaderGroupsW SCardListCardsW
      SCardListInterfacesW SCardGetProviderIdW SCardGetCardTypeProviderNameW SCardIntroduceReaderGroupW
      SCardForgetReaderGroupW SCardIntroduceReaderW SCardForgetReaderW SCardAddReaderToGroupW
      SCardRemoveReaderFromGroupW SCardIntroduceCardTypeW SCardSetCardTypeProviderNameW SCardForgetCardTypeW
      SCardFreeMemory SCardLocateCardsW SCardLocateCardsByATRW SCardGetStatusChangeW SCardCancel SCardConnectW
      SCardReconnect SCardDisconnect SCardBeginTransaction SCardEndTransaction SCardStatusW SCardTransmit
      SCardGetTransmitCount SCardControl SCardGetAttrib SCardSetAttrib SCardUIDlgSelectCardW SCardReadCacheW
      SCardWriteCacheW SCardGetReaderIconW SCardGetDeviceTypeIdW SCardGetReaderDeviceInstanceIdW
      SCardListReadersWithDeviceInstanceIdW SCardAudit
    `,
  },
  {
    pages: 'winscard',
    failure: 'win32',
    absent: [0x8010002e],
    tooSmall: [0x80100008],
    functions: 'SCardListReadersW',
  },
  {
    pages: 'sddl',
    failure: 'lastErrorIfZero',
    functions: `
      ConvertSidToStringSidW ConvertStringSidToSidW ConvertStringSecurityDescriptorToSecurityDescriptorW
      ConvertSecurityDescriptorToStringSecurityDescriptorW
    `,
  },
  {
    pages: 'secext',
    failure: 'lastErrorIfZero',
    tooSmall: [234],
    functions: 'GetUserNameExW',
  },
  {
    pages: 'secext',
    failure: 'lastErrorIfZero',
    functions: 'GetComputerObjectNameW TranslateNameW',
  },
  {
    pages: 'aclapi',
    failure: 'win32',
    functions: `
      SetEntriesInAclW GetExplicitEntriesFromAclW GetAuditedPermissionsFromAclW GetNamedSecurityInfoW GetSecurityInfo
      SetNamedSecurityInfoW SetSecurityInfo GetInheritanceSourceW FreeInheritedFromArray TreeResetNamedSecurityInfoW
      TreeSetNamedSecurityInfoW BuildSecurityDescriptorW LookupSecurityDescriptorPartsW
    `,
  },
  {
    pages: 'amsi',
    failure: 'hresult',
    functions: 'AmsiInitialize AmsiOpenSession AmsiScanBuffer AmsiNotifyOperation AmsiScanString',
  },
  {
    pages: 'ntlsa',
    failure: 'ntstatus',
    functions: 'LsaGetAppliedCAPIDs LsaQueryCAPs',
  },
  {
    pages: 'securityappcontainer',
    failure: 'lastErrorIfZero',
    functions: 'GetAppContainerNamedObjectPath',
  },
  {
    pages: 'userenv',
    failure: 'lastErrorIfZero',
    functions: `
      CreateEnvironmentBlock DestroyEnvironmentBlock ExpandEnvironmentStringsForUserW RefreshPolicy RefreshPolicyEx
      EnterCriticalPolicySection LeaveCriticalPolicySection RegisterGPNotification UnregisterGPNotification
      GetGPOListW FreeGPOListW LoadUserProfileW UnloadUserProfile GetProfileType DeleteProfileW
    `,
  },
  {
    pages: 'userenv',
    failure: 'win32',
    functions: 'GetAppliedGPOListW',
  },
  {
    pages: 'userenv',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      GetProfilesDirectoryW GetDefaultUserProfileDirectoryW GetAllUsersProfileDirectoryW GetUserProfileDirectoryW
    `,
  },
  {
    pages: 'wct',
    failure: 'lastErrorIfZero',
    functions: 'OpenThreadWaitChainSession GetThreadWaitChain',
  },
  {
    pages: 'namespaceapi',
    failure: 'lastErrorIfZero',
    functions: `
      CreatePrivateNamespaceW ClosePrivateNamespace CreateBoundaryDescriptorW AddSIDToBoundaryDescriptor
    `,
  },
];
