foreach ($adapter in Get-Adapter) {
  "$($adapter.AdapterName) $($adapter.FriendlyName) $($adapter.Mtu) $([BitConverter]::ToString([byte[]]$adapter.PhysicalAddress))"
  foreach ($one in $adapter.FirstUnicastAddress) { "  $($one.Address.lpSockaddr.AddressFamily) $($one.OnLinkPrefixLength)" }
}
