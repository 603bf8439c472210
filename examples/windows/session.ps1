@(Get-WindowHandle | Where-Object { Test-WindowVisible $_.hwnd }).Count

Get-WindowClass (Get-DesktopWindow)

Get-WindowText (Get-DesktopWindow)

Get-WindowText 4660
