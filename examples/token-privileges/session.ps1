$token = Open-ProcessHandle $PID | Open-ProcessToken

Get-TokenPrivilege $token | Select-Object -First 5 @{ Name = 'Name'; Expression = { Get-PrivilegeName $_.Luid } }, Attributes

Get-PrivilegeLuid SeDebugPrivilege

Open-ProcessHandle 1234567
