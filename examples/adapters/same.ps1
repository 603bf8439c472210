foreach ($adapter in Get-Adapter) {
  "$($adapter.AdapterName) $($adapter.FriendlyName) $($adapter.Mtu) $([BitConverter]::ToString([byte[]]$adapter.PhysicalAddress))"
  $adapter.FirstUnicastAddress | ForEach-Object { "  $($_.Address.lpSockaddr.AddressFamily) $($_.OnLinkPrefixLength)" }
}
