$token = Open-ProcessHandle $PID | Open-ProcessToken

Get-TokenPrivilege $token | Select-Object -First 5 Attributes, @{
  Name = 'Name'; Expression = { Get-PrivilegeName $_.Luid }
}

Get-TokenPrivilege $token | Where-Object Attributes -Match Enabled | Get-PrivilegeName

Get-PrivilegeLuid SeBackupPrivilege

Open-ProcessHandle 1234567
