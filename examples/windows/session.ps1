Get-WindowHandle | Where-Object { $_ | Test-WindowVisible } | ForEach-Object {
  [pscustomobject]@{ Handle = $_.hwnd; ProcessId = ($_ | Get-WindowProcess).ProcessId; Title = $_ | Get-WindowText }
}

Get-WindowProcess 1
