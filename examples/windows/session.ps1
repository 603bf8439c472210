Get-WindowHandle | Where-Object { Test-WindowVisible $_.hwnd } | ForEach-Object {
  [pscustomobject]@{ Handle = $_.hwnd; ProcessId = (Get-WindowProcess $_.hwnd).ProcessId; Title = Get-WindowText $_.hwnd }
}

Get-WindowProcess 1
