$loopback = Get-Adapter | Where-Object IfType -EQ Loopback

$loopback | Select-Object FriendlyName, IfType, OperStatus

$loopback.FirstUnicastAddress | Sort-Object OnLinkPrefixLength | ForEach-Object { $_.Address.lpSockaddr.Address.ToString() }
