/** Reviewed failure rules of functions about devices and their setup, windows, monitors and printers. */
import type { ReviewedFunctions } from '../reviewed.js';

export const DEVICES: readonly ReviewedFunctions[] = [
  {
    pages: 'setupapi',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      SetupGetInfInformationW SetupGetInfDriverStoreLocationW SetupGetInfPublishedNameW SetupGetInfFileListW
      SetupGetLineTextW SetupGetStringFieldW SetupGetMultiSzFieldW SetupDiGetDeviceInstanceIdW
      SetupDiGetDeviceInterfaceDetailW SetupDiBuildClassInfoList SetupDiGetClassDescriptionW
      SetupDiGetHwProfileListExW SetupDiGetDevicePropertyKeys SetupDiGetDevicePropertyW
      SetupDiGetDeviceInterfacePropertyKeys SetupDiGetDeviceInterfacePropertyW SetupDiGetClassPropertyW
      SetupDiGetClassPropertyExW SetupDiGetDeviceRegistryPropertyW SetupDiClassNameFromGuidW
      SetupDiClassGuidsFromNameW SetupDiGetCustomDevicePropertyW
    `,
  },
  {
    pages: 'setupapi',
    failure: 'lastErrorIfZero',
    functions: `
      SetupQueryInfFileInformationW SetupQueryInfOriginalFileInformationW SetupQueryInfVersionInformationW
      SetupOpenAppendInfFileW SetupGetLineByIndexW SetupGetIntField SetupGetBinaryField SetupGetFileCompressionInfoExW
      SetupGetSourceFileLocationW SetupGetSourceFileSizeW SetupGetTargetPathW SetupSetSourceListW
      SetupAddToSourceListW SetupRemoveFromSourceListW SetupQuerySourceListW SetupFreeSourceListW SetupSetDirectoryIdW
      SetupSetDirectoryIdExW SetupGetSourceInfoW SetupInstallFileW SetupInstallFileExW
      SetupSetFileQueueAlternatePlatformW SetupSetPlatformPathOverrideW SetupQueueCopyW SetupQueueCopyIndirectW
      SetupQueueDefaultCopyW SetupQueueCopySectionW SetupQueueDeleteW SetupQueueDeleteSectionW SetupQueueRenameW
      SetupQueueRenameSectionW SetupCommitFileQueueW SetupScanFileQueueW SetupGetFileQueueCount SetupGetFileQueueFlags
      SetupSetFileQueueFlags SetupCopyOEMInfW SetupUninstallOEMInfW SetupUninstallNewlyCopiedInfs
      SetupDestroyDiskSpaceList SetupQueryDrivesInDiskSpaceListW SetupQuerySpaceRequiredOnDriveW
      SetupAdjustDiskSpaceListW SetupAddToDiskSpaceListW SetupAddSectionToDiskSpaceListW
      SetupAddInstallSectionToDiskSpaceListW SetupRemoveSectionFromDiskSpaceListW
      SetupRemoveInstallSectionFromDiskSpaceListW SetupIterateCabinetW SetupInstallFromInfSectionW
      SetupInstallFilesFromInfSectionW SetupInstallServicesFromInfSectionW SetupInstallServicesFromInfSectionExW
      SetupTerminateFileLog SetupLogFileW SetupRemoveFileLogEntryW SetupQueryFileLogW SetupOpenLog SetupLogErrorW
      SetupDiGetDeviceInfoListClass SetupDiGetDeviceInfoListDetailW SetupDiCreateDeviceInfoW SetupDiOpenDeviceInfoW
      SetupDiDeleteDeviceInfo SetupDiDestroyDeviceInfoList SetupDiCreateDeviceInterfaceW SetupDiOpenDeviceInterfaceW
      SetupDiGetDeviceInterfaceAlias SetupDiDeleteDeviceInterfaceData SetupDiRemoveDeviceInterface
      SetupDiInstallDeviceInterfaces SetupDiSetDeviceInterfaceDefault SetupDiRegisterDeviceInfo
      SetupDiBuildDriverInfoList SetupDiCancelDriverInfoSearch SetupDiGetSelectedDriverW SetupDiSetSelectedDriverW
      SetupDiGetDriverInfoDetailW SetupDiDestroyDriverInfoList SetupDiGetINFClassW SetupDiBuildClassInfoListExW
      SetupDiGetClassDescriptionExW SetupDiCallClassInstaller SetupDiSelectDevice SetupDiSelectBestCompatDrv
      SetupDiInstallDevice SetupDiInstallDriverFiles SetupDiRegisterCoDeviceInstallers SetupDiRemoveDevice
      SetupDiUnremoveDevice SetupDiRestartDevices SetupDiChangeState SetupDiInstallClassW SetupDiInstallClassExW
      SetupDiDeleteDeviceInterfaceRegKey SetupDiDeleteDevRegKey SetupDiGetHwProfileList SetupDiSetDevicePropertyW
      SetupDiSetDeviceInterfacePropertyW SetupDiGetClassPropertyKeys SetupDiGetClassPropertyKeysExW
      SetupDiSetClassPropertyW SetupDiSetClassPropertyExW SetupDiGetClassRegistryPropertyW
      SetupDiSetDeviceRegistryPropertyW SetupDiSetClassRegistryPropertyW SetupDiGetDeviceInstallParamsW
      SetupDiGetClassInstallParamsW SetupDiSetDeviceInstallParamsW SetupDiSetClassInstallParamsW
      SetupDiGetDriverInstallParamsW SetupDiSetDriverInstallParamsW SetupDiLoadClassIcon SetupDiLoadDeviceIcon
      SetupDiGetClassBitmapIndex SetupDiGetClassImageList SetupDiGetClassImageListExW SetupDiGetClassImageIndex
      SetupDiDestroyClassImageList SetupDiGetClassDevPropertySheetsW SetupDiAskForOEMDisk SetupDiSelectOEMDrv
      SetupDiClassNameFromGuidExW SetupDiClassGuidsFromNameExW SetupDiGetHwProfileFriendlyNameW
      SetupDiGetHwProfileFriendlyNameExW SetupDiGetSelectedDevice SetupDiSetSelectedDevice
      SetupDiGetActualModelsSectionW SetupDiGetActualSectionToInstallW SetupDiGetActualSectionToInstallExW
      SetupVerifyInfFileW
    `,
  },
  {
    pages: 'setupapi',
    failure: 'lastErrorIfInvalidHandle',
    functions: `
      SetupOpenInfFileW SetupOpenMasterInf SetupOpenFileQueue SetupInitializeFileLogW SetupDiCreateDeviceInfoList
      SetupDiCreateDeviceInfoListExW SetupDiGetClassDevsW SetupDiGetClassDevsExW SetupDiOpenClassRegKey
      SetupDiOpenClassRegKeyExW SetupDiCreateDeviceInterfaceRegKeyW SetupDiOpenDeviceInterfaceRegKey
      SetupDiCreateDevRegKeyW SetupDiOpenDevRegKey
    `,
  },
  {
    pages: 'setupapi',
    failure: 'lastErrorIfZero',
    absent: [0xe0000102],
    functions: 'SetupFindFirstLineW SetupFindNextLine SetupFindNextMatchLineW',
  },
  {
    pages: 'setupapi',
    failure: 'win32',
    functions: 'SetupGetFileCompressionInfoW SetupDecompressOrCopyFileW',
  },
  {
    pages: 'setupapi',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: 'SetupPromptReboot',
  },
  {
    pages: 'setupapi',
    failure: 'lastErrorIfZero',
    absent: [259],
    functions: 'SetupDiEnumDeviceInfo SetupDiEnumDeviceInterfaces SetupDiEnumDriverInfoW SetupEnumInfSectionsW',
  },
  {
    pages: 'cfgmgr32',
    failure: { when: 'nonzero', code: 'returned' },
    functions: `
      CM_Add_Empty_Log_Conf CM_Add_Empty_Log_Conf_Ex CM_Add_IDW CM_Add_ID_ExW CM_Add_Res_Des CM_Add_Res_Des_Ex
      CM_Connect_MachineW CM_Delete_Class_Key CM_Delete_DevNode_Key CM_Disable_DevNode CM_Disconnect_Machine
      CM_Enable_DevNode CM_Enumerate_Classes CM_Enumerate_Classes_Ex CM_Enumerate_EnumeratorsW
      CM_Enumerate_Enumerators_ExW CM_Free_Log_Conf CM_Free_Log_Conf_Ex CM_Free_Log_Conf_Handle CM_Free_Res_Des
      CM_Free_Res_Des_Ex CM_Free_Res_Des_Handle CM_Get_Child CM_Get_Child_Ex CM_Get_Depth CM_Get_Depth_Ex
      CM_Get_Device_IDW CM_Get_Device_ID_ExW CM_Get_Device_ID_ListW CM_Get_Device_ID_List_ExW
      CM_Get_Device_ID_List_SizeW CM_Get_Device_ID_List_Size_ExW CM_Get_Device_ID_Size CM_Get_Device_ID_Size_Ex
      CM_Get_DevNode_PropertyW CM_Get_DevNode_Property_ExW CM_Get_DevNode_Property_Keys
      CM_Get_DevNode_Property_Keys_Ex CM_Get_DevNode_Registry_PropertyW CM_Get_DevNode_Status CM_Get_DevNode_Status_Ex
      CM_Get_First_Log_Conf CM_Get_First_Log_Conf_Ex CM_Get_HW_Prof_FlagsW CM_Get_HW_Prof_Flags_ExW
      CM_Get_Device_Interface_List_SizeW CM_Get_Device_Interface_PropertyW CM_Get_Device_Interface_Property_ExW
      CM_Get_Device_Interface_Property_KeysW CM_Get_Device_Interface_Property_Keys_ExW CM_Get_Log_Conf_Priority
      CM_Get_Log_Conf_Priority_Ex CM_Get_Next_Log_Conf CM_Get_Next_Log_Conf_Ex CM_Get_Parent CM_Get_Parent_Ex
      CM_Get_Res_Des_Data CM_Get_Res_Des_Data_Ex CM_Get_Res_Des_Data_Size CM_Get_Res_Des_Data_Size_Ex CM_Get_Sibling
      CM_Get_Sibling_Ex CM_Locate_DevNodeW CM_Locate_DevNode_ExW CM_Modify_Res_Des CM_Modify_Res_Des_Ex
      CM_Get_Next_Res_Des CM_Get_Next_Res_Des_Ex CM_Open_Class_KeyW CM_Open_DevNode_Key CM_Open_Device_Interface_KeyW
      CM_Open_Device_Interface_Key_ExW CM_Delete_Device_Interface_KeyW CM_Delete_Device_Interface_Key_ExW
      CM_Query_And_Remove_SubTreeW CM_Query_And_Remove_SubTree_ExW CM_Request_Device_EjectW
      CM_Request_Device_Eject_ExW CM_Reenumerate_DevNode CM_Reenumerate_DevNode_Ex CM_Set_DevNode_Problem_Ex
      CM_Set_DevNode_Problem CM_Set_DevNode_PropertyW CM_Set_DevNode_Property_ExW CM_Set_DevNode_Registry_PropertyW
      CM_Set_Device_Interface_PropertyW CM_Set_Device_Interface_Property_ExW CM_Is_Dock_Station_Present
      CM_Is_Dock_Station_Present_Ex CM_Request_Eject_PC CM_Request_Eject_PC_Ex CM_Setup_DevNode CM_Uninstall_DevNode
      CM_Query_Resource_Conflict_List CM_Free_Resource_Conflict_Handle CM_Get_Resource_Conflict_Count
      CM_Get_Resource_Conflict_DetailsW CM_Get_Class_PropertyW CM_Get_Class_Property_ExW CM_Get_Class_Property_Keys
      CM_Get_Class_Property_Keys_Ex CM_Set_Class_PropertyW CM_Set_Class_Property_ExW CM_Get_Class_Registry_PropertyW
      CM_Set_Class_Registry_PropertyW CM_Register_Notification CM_Unregister_Notification
    `,
  },
  {
    pages: 'cfgmgr32',
    failure: { when: 'nonzero', code: 'returned' },
    tooSmall: [26],
    functions: 'CM_Get_Device_Interface_AliasW CM_Get_Device_Interface_ListW',
  },
  {
    pages: 'cfgmgr32',
    failure: 'none',
    functions: 'CM_Is_Version_Available CM_Is_Version_Available_Ex CM_MapCrToWin32Err',
  },
  {
    pages: 'newdev',
    failure: 'lastErrorIfZero',
    functions: `
      UpdateDriverForPlugAndPlayDevicesW DiInstallDevice DiInstallDriverW DiUninstallDevice DiUninstallDriverW
      DiShowUpdateDevice DiRollbackDriver
    `,
  },
  {
    pages: 'winuser',
    failure: 'win32',
    functions: `
      GetDisplayConfigBufferSizes SetDisplayConfig DisplayConfigGetDeviceInfo DisplayConfigSetDeviceInfo
    `,
  },
  {
    pages: 'winuser',
    failure: 'win32',
    tooSmall: [122],
    functions: 'QueryDisplayConfig',
  },
  {
    pages: 'winuser',
    failure: { when: 'zero', code: 'none' },
    functions: `
      GetDC ReleaseDC EnumDisplaySettingsW EnumDisplaySettingsExW EnumDisplayDevicesW GetMonitorInfoW
      EnumDisplayMonitors GetLastInputInfo GetSystemMetrics SetProcessDPIAware
    `,
  },
  {
    pages: 'winuser',
    failure: 'lastErrorIfZero',
    functions: `
      ScreenToClient MapWindowPoints SetUserObjectSecurity OpenClipboard CloseClipboard SetClipboardData
      GetClipboardData RegisterClipboardFormatW CountClipboardFormats EnumClipboardFormats GetClipboardFormatNameW
      EmptyClipboard AddClipboardFormatListener RemoveClipboardFormatListener GetUpdatedClipboardFormats MessageBeep
      UserHandleGrantAccess RegisterPowerSettingNotification UnregisterPowerSettingNotification
      RegisterSuspendResumeNotification UnregisterSuspendResumeNotification ExitWindowsEx LockWorkStation
      ShutdownBlockReasonCreate ShutdownBlockReasonQuery ShutdownBlockReasonDestroy CreateDesktopW CreateDesktopExW
      OpenDesktopW OpenInputDesktop EnumDesktopsW EnumDesktopWindows SwitchDesktop SetThreadDesktop CloseDesktop
      GetThreadDesktop CreateWindowStationW OpenWindowStationW EnumWindowStationsW CloseWindowStation
      SetProcessWindowStation GetProcessWindowStation SetUserObjectInformationW UnregisterDeviceNotification
      AttachThreadInput GetGuiResources IsImmersiveProcess SetProcessRestrictionExemption RegisterPointerInputTarget
      UnregisterPointerInputTarget CheckDlgButton CheckRadioButton RegisterTouchHitTestingWindow
      EvaluateProximityToRect EvaluateProximityToPolygon SetScrollPos SetScrollRange ShowScrollBar EnableScrollBar
      DlgDirSelectExW DlgDirListComboBoxW DlgDirSelectComboBoxExW RegisterPointerDeviceNotifications
      SetDialogControlDpiChangeBehavior SetDialogDpiChangeBehavior GetSystemMetricsForDpi AdjustWindowRectExForDpi
      SystemParametersInfoForDpi EnableNonClientDpiScaling SetProcessDpiAwarenessContext LoadKeyboardLayoutW
      ActivateKeyboardLayout UnloadKeyboardLayout GetKeyboardLayoutNameW GetKeyboardLayoutList TrackMouseEvent
      RegisterHotKey UnregisterHotKey SetDoubleClickTime SetFocus GetKeyboardState SetKeyboardState GetKeyNameTextW
      GetKeyboardType SendInput ReleaseCapture SetActiveWindow BlockInput InitializeTouchInjection InjectTouchInput
      GetPointerType GetPointerCursorId GetPointerInfo GetPointerInfoHistory GetPointerFrameInfo GetPointerTouchInfo
      GetPointerTouchInfoHistory GetPointerFrameTouchInfo GetPointerPenInfo GetPointerPenInfoHistory
      GetPointerFramePenInfo SkipPointerFrameMessages InjectSyntheticPointerInput EnableMouseInPointer
      GetPointerInputTransform GetPointerDevices GetPointerDevice GetPointerDeviceProperties GetPointerDeviceRects
      GetPointerDeviceCursors GetRawPointerDeviceData GetTouchInputInfo CloseTouchInputHandle RegisterTouchWindow
      UnregisterTouchWindow GetGestureInfo GetGestureExtraArgs CloseGestureInfoHandle SetGestureConfig
      GetGestureConfig RegisterRawInputDevices GetCurrentInputMessageSource SetWindowContextHelpId
      SetMenuContextHelpId WinHelpW LoadStringW RegisterWindowMessageW SendMessageTimeoutW SendNotifyMessageW
      SendMessageCallbackW RegisterDeviceNotificationW PostMessageW PostThreadMessageW WaitMessage RegisterClassW
      UnregisterClassW GetClassInfoW RegisterClassExW GetClassInfoExW CreateWindowExW DestroyWindow AnimateWindow
      UpdateLayeredWindow GetLayeredWindowAttributes SetLayeredWindowAttributes ShowOwnedPopups OpenIcon CloseWindow
      MoveWindow SetWindowPos GetWindowPlacement SetWindowPlacement GetWindowDisplayAffinity SetWindowDisplayAffinity
      EndDeferWindowPos BringWindowToTop CreateDialogParamW CreateDialogIndirectParamW EndDialog GetDlgItem
      SetDlgItemInt GetDlgItemInt SetDlgItemTextW GetDlgItemTextW GetNextDlgGroupItem GetNextDlgTabItem GetDlgCtrlID
      SetTimer KillTimer LoadAcceleratorsW CreateAcceleratorTableW LoadMenuW LoadMenuIndirectW SetMenu GetMenuStringW
      DrawMenuBar CreateMenu CreatePopupMenu DestroyMenu InsertMenuW AppendMenuW ModifyMenuW RemoveMenu DeleteMenu
      SetMenuItemBitmaps CalculatePopupWindowPosition GetMenuInfo SetMenuInfo EndMenu InsertMenuItemW GetMenuItemInfoW
      SetMenuItemInfoW SetMenuDefaultItem GetMenuItemRect DrawIcon AllowSetForegroundWindow LockSetForegroundWindow
      ScrollWindow ScrollDC GetScrollPos GetScrollRange SetPropW SetWindowTextW GetWindowTextW GetWindowTextLengthW
      GetClientRect GetWindowRect AdjustWindowRect AdjustWindowRectEx MessageBoxW MessageBoxExW SetCursorPos
      SetPhysicalCursorPos GetCursorPos GetPhysicalCursorPos GetClipCursor CreateCaret GetCaretBlinkTime
      SetCaretBlinkTime DestroyCaret HideCaret ShowCaret SetCaretPos GetCaretPos ClipCursor SetSysColors
      GetWindowLongW SetWindowLongW GetWindowLongPtrW SetWindowLongPtrW GetClassLongW SetClassLongW GetClassLongPtrW
      SetClassLongPtrW GetProcessDefaultLayout SetProcessDefaultLayout GetParent SetParent FindWindowW FindWindowExW
      EnumWindows GetClassNameW GetTopWindow GetWindowThreadProcessId GetWindow SetWindowsHookExW UnhookWindowsHookEx
      CheckMenuRadioItem LoadCursorW LoadCursorFromFileW CreateCursor DestroyCursor SetSystemCursor LoadIconW
      CreateIcon DestroyIcon LookupIconIdFromDirectory LookupIconIdFromDirectoryEx CreateIconFromResource
      CreateIconFromResourceEx LoadImageW CopyImage DrawIconEx CreateIconIndirect CopyIcon GetIconInfo GetIconInfoExW
      MapDialogRect GetScrollInfo ArrangeIconicWindows SystemParametersInfoW GetGUIThreadInfo GetCursorInfo
      GetWindowInfo GetTitleBarInfo GetMenuBarInfo GetScrollBarInfo RealGetWindowClassW GetAltTabInfoW
      ChangeWindowMessageFilter ChangeWindowMessageFilterEx
    `,
  },
  {
    pages: 'winuser',
    failure: 'none',
    functions: `
      IntersectRect UnionRect SubtractRect IsRectEmpty EqualRect PtInRect MonitorFromPoint MonitorFromRect
      MonitorFromWindow GetClipboardSequenceNumber IsClipboardFormatAvailable GetPriorityClipboardFormat
      IsWinEventHookInstalled IsCharLowerW AreDpiAwarenessContextsEqual IsValidDpiAwarenessContext GetDpiForWindow
      GetDpiForSystem GetSystemDpiForProcess GetKeyboardLayout SwapMouseButton GetDoubleClickTime GetActiveWindow
      GetFocus GetKeyState GetAsyncKeyState MapVirtualKeyW MapVirtualKeyExW GetCapture SetCapture EnableWindow
      IsWindowEnabled IsMouseInPointerEnabled IsTouchWindow IsHungAppWindow PeekMessageW IsWow64Message SendMessageW
      InSendMessage IsWindow IsMenu IsChild ShowWindow ShowWindowAsync FlashWindow FlashWindowEx IsWindowVisible
      IsIconic AnyPopup IsZoomed IsCharAlphaW IsCharAlphaNumericW IsCharUpperW GetInputState GetQueueStatus
      IsWindowUnicode GetMenu GetSystemMenu GetSubMenu GetForegroundWindow SetForegroundWindow GetPropW SetCursor
      GetCursor WindowFromPoint GetSysColor GetDesktopWindow EnumChildWindows GetShellWindow EnumThreadWindows
      IsGUIThread GetLastActivePopup IsProcessDPIAware GetAncestor
    `,
  },
  {
    pages: 'winuser',
    failure: { when: 'negative', code: 'returned' },
    functions: 'ChangeDisplaySettingsW ChangeDisplaySettingsExW',
  },
  {
    pages: 'winuser',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: 'GetUserObjectSecurity GetUserObjectInformationW',
  },
  {
    pages: 'winuser',
    failure: { when: 'minusOne', code: 'lastError' },
    functions: `
      WaitForInputIdle GetMouseMovePointsEx MsgWaitForMultipleObjects MsgWaitForMultipleObjectsEx GetMenuItemCount
      GetMenuDefaultItem
    `,
  },
  {
    pages: 'winuser',
    failure: { when: 'minusOne', code: 'none' },
    functions: 'CheckMenuItem GetMenuItemID',
  },
  {
    pages: 'wingdi',
    failure: 'none',
    functions: 'GetDeviceCaps',
  },
  {
    pages: 'dwmapi',
    failure: 'hresult',
    functions: `
      DwmEnableBlurBehindWindow DwmEnableComposition DwmEnableMMCSS DwmExtendFrameIntoClientArea
      DwmGetColorizationColor DwmGetCompositionTimingInfo DwmGetWindowAttribute DwmIsCompositionEnabled
      DwmQueryThumbnailSourceSize DwmRegisterThumbnail DwmSetWindowAttribute DwmUnregisterThumbnail
      DwmUpdateThumbnailProperties DwmSetIconicThumbnail DwmSetIconicLivePreviewBitmap DwmInvalidateIconicBitmaps
      DwmFlush DwmGetTransportAttributes DwmRenderGesture DwmShowContact
    `,
  },
  {
    pages: 'shellscalingapi',
    failure: 'hresult',
    functions: `
      SetProcessDpiAwareness GetProcessDpiAwareness GetDpiForMonitor RegisterScaleChangeNotifications
      RevokeScaleChangeNotifications GetScaleFactorForMonitor RegisterScaleChangeEvent UnregisterScaleChangeEvent
    `,
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'lastErrorIfZero',
    tooSmall: [122],
    functions: `
      EnumPrintersW GetJobW EnumJobsW GetPrinterW EnumPrinterDriversW GetPrinterDriverW GetPrinterDriverDirectoryW
      EnumPrintProcessorsW GetPrintProcessorDirectoryW EnumPrintProcessorDatatypesW GetFormW EnumFormsW EnumMonitorsW
      EnumPortsW GetDefaultPrinterW GetPrinterDriver2W GetPrintExecutionData
    `,
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'lastErrorIfInvalidHandle',
    functions: 'GetSpoolFileHandle FindFirstPrinterChangeNotification',
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'lastErrorIfZero',
    functions: `
      CloseSpoolFileHandle OpenPrinterW ResetPrinterW SetJobW AddPrinterW DeletePrinter SetPrinterW AddPrinterDriverW
      AddPrinterDriverExW DeletePrinterDriverW DeletePrinterDriverExW AddPrintProcessorW DeletePrintProcessorW
      StartDocPrinterW StartPagePrinter WritePrinter FlushPrinter EndPagePrinter AbortPrinter ReadPrinter
      EndDocPrinter AddJobW ScheduleJob PrinterProperties FindNextPrinterChangeNotification FreePrinterNotifyInfo
      FindClosePrinterChangeNotification ClosePrinter AddFormW DeleteFormW SetFormW AddMonitorW DeleteMonitorW
      AddPortW ConfigurePortW DeletePortW SetDefaultPrinterW SetPortW AddPrinterConnectionW DeletePrinterConnectionW
      AddPrintProvidorW DeletePrintProvidorW OpenPrinter2W AddPrinterConnection2W
    `,
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'win32',
    tooSmall: [234],
    functions: 'GetPrinterDataW GetPrinterDataExW EnumPrinterDataExW EnumPrinterKeyW',
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'win32',
    absent: [259],
    functions: 'EnumPrinterDataW',
  },
  {
    pages: 'windows/win32/printdocs',
    failure: 'win32',
    functions: 'SetPrinterDataW SetPrinterDataExW DeletePrinterDataW DeletePrinterDataExW DeletePrinterKeyW',
  },
  {
    pages: 'physicalmonitorenumerationapi',
    failure: 'lastErrorIfZero',
    functions: `
      GetNumberOfPhysicalMonitorsFromHMONITOR GetPhysicalMonitorsFromHMONITOR DestroyPhysicalMonitor
      DestroyPhysicalMonitors
    `,
  },
  {
    pages: 'lowlevelmonitorconfigurationapi',
    failure: 'lastErrorIfZero',
    functions: `
      GetVCPFeatureAndVCPFeatureReply SetVCPFeature SaveCurrentSettings GetCapabilitiesStringLength
      CapabilitiesRequestAndCapabilitiesReply GetTimingReport
    `,
  },
  {
    pages: 'highlevelmonitorconfigurationapi',
    failure: 'lastErrorIfZero',
    functions: `
      GetMonitorCapabilities SaveCurrentMonitorSettings GetMonitorTechnologyType GetMonitorBrightness
      GetMonitorContrast GetMonitorColorTemperature GetMonitorRedGreenOrBlueDrive GetMonitorRedGreenOrBlueGain
      SetMonitorBrightness SetMonitorContrast SetMonitorColorTemperature SetMonitorRedGreenOrBlueDrive
      SetMonitorRedGreenOrBlueGain DegaussMonitor GetMonitorDisplayAreaSize GetMonitorDisplayAreaPosition
      SetMonitorDisplayAreaSize SetMonitorDisplayAreaPosition RestoreMonitorFactoryColorDefaults
      RestoreMonitorFactoryDefaults
    `,
  },
];
