Get-DriveRoot | Where-Object { $_ -in 'C:\', 'Z:\' } | ForEach-Object { "$_ $(Get-DriveType $_)" }

Get-VolumeFact C:\ | Select-Object LongestName, FileSystem, Flags

'C:\' | Get-DriveSpace | ForEach-Object { $_.Available -gt 0 -and $_.Available -le $_.Total }

Get-VolumeFact Q:\
