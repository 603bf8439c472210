$key = Open-RegistryKey HKEY_LOCAL_MACHINE 'Software\Microsoft\Windows NT\CurrentVersion'

Get-RegistrySubkey $key | Where-Object Name -In 'Fonts', 'ProfileList' | Sort-Object Name |
  ForEach-Object { "$($_.Name): $($_.LastWriteTime -lt [datetime]::UtcNow), $($_.LastWriteTime.Kind)" }

$fact = Get-RegistryKeyFact $key

$fact.SubKeys -eq @(Get-RegistrySubkey $key).Count

(Open-RegistryKey $key 'Fonts' | Get-RegistryKeyFact).LastWriteTime -le [datetime]::UtcNow

Close-RegistryKey $key

Open-RegistryKey HKEY_CURRENT_USER 'No\Such\Key'
