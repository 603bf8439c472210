$name = Get-SystemName
"$($name.sysname) $($name.release) $($name.machine)"
$root = Get-Account 0
"$($root.pw_name) $($root.pw_uid) $($root.pw_dir) $($root.pw_shell)"
$system = Get-FileSystemFact /
"$($system.f_bsize) $($system.f_blocks) $($system.f_files) $($system.f_flag) $($system.f_namemax)"
Get-SystemLimit ProcessorsOnline
Resolve-RealPath /proc/..
$time = ConvertFrom-UnixTime 86399
"$($time.tm_year) $($time.tm_hour) $($time.tm_yday) $($time.tm_zone)"
1..5 | Get-ErrnoText
(Get-LoadAverage).Count
