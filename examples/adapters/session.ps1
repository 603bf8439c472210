$loopback = Get-Adapter | Where-Object IfType -EQ Loopback

$loopback | Select-Object FriendlyName, IfType, OperStatus

$loopback.FirstUnicastAddress | ForEach-Object { $_.Address.lpSockaddr.Address.ToString() }
