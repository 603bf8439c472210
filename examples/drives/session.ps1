Get-DriveRoot | Where-Object { $_ -in 'C:\', 'Z:\' } | Select-Object @{ Name = 'Root'; Expression = { $_ } }, @{ Name = 'Type'; Expression = { Get-DriveType $_ } }

Get-VolumeFact C:\ | Select-Object LongestName, FileSystem, Flags

$space = Get-DriveSpace C:\

$space.Free -gt 0 -and $space.Free -le $space.Total

Get-VolumeFact Q:\
