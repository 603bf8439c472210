(Get-SystemName).sysname

Get-Account 0

'daemon', 'root' | Find-Account | Select-Object pw_name, pw_uid

Get-FileSystemFact /proc | Select-Object f_bsize, f_blocks, f_namemax

Get-SystemLimit PageSize

Resolve-RealPath /usr/../proc/self/../version

Resolve-RealPath /no/such/path

ConvertFrom-UnixTime 1234567890 | Select-Object tm_hour, tm_min, tm_sec, tm_zone

2, 13 | Get-ErrnoText
