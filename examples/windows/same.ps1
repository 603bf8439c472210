@(Get-WindowHandle | Where-Object { Test-WindowVisible $_.hwnd }).Count
$desktop = Get-DesktopWindow
"$(Get-WindowClass $desktop) $(Test-WindowVisible $desktop)"
