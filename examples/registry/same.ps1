$key = Open-RegistryKey HKEY_LOCAL_MACHINE 'Software\Microsoft\Windows NT\CurrentVersion'
Get-RegistrySubkey $key | ForEach-Object { "$($_.Name) $($_.LastWriteTime.ToFileTimeUtc())" }
$fact = Get-RegistryKeyFact $key
"$($fact.SubKeys) $($fact.Values) $($fact.LastWriteTime.ToFileTimeUtc())"
Close-RegistryKey $key
