@(Open-ProcessHandle $PID | Open-ProcessToken | Get-TokenPrivilege).Count
$process = Open-ProcessHandle $PID
$token = Open-ProcessToken $process
Get-TokenPrivilege $token | ForEach-Object { "$($_.Luid.LowPart) $(Get-PrivilegeName $_.Luid) $($_.Attributes)" }
Close-ProcessHandle $token
Close-ProcessHandle $process
