$manager = Open-ServiceManager
foreach ($service in Get-ServiceStatus $manager) {
  $handle = Open-ServiceHandle $manager $service.Name
  $configuration = Get-ServiceConfiguration $handle
  "$($service.Name) [$($service.DisplayName)] $($configuration.StartType) $($configuration.BinaryPath) [$($configuration.Dependencies -join ',')]"
  Close-ServiceHandle $handle
}
Close-ServiceHandle $manager
