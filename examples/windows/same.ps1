@(Get-WindowHandle | Where-Object { Test-WindowVisible $_.hwnd }).Count
$desktop = Get-DesktopWindow
"$(Get-WindowClass $desktop) $(Test-WindowVisible $desktop) [$(Get-WindowText $desktop)]"
try { Get-WindowProcess 1 -ErrorAction Stop } catch { $_.Exception.Data['win32'] }
