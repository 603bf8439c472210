foreach ($root in Get-DriveRoot) {
  $volume = Get-VolumeFact $root
  "$root $(Get-DriveType $root) [$($volume.Label)] $($volume.SerialNumber) $($volume.LongestName) $($volume.FileSystem) $((Get-DriveSpace $root).Total)"
}
