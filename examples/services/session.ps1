$manager = Open-ServiceManager

Get-ServiceStatus $manager | Where-Object Name -In 'RpcSs', 'PlugPlay' | Sort-Object Name |
  Select-Object Name, DisplayName, @{ Name = 'State'; Expression = { $_.Status.dwCurrentState } }

Open-ServiceHandle $manager RpcSs | Get-ServiceConfiguration | Select-Object Type, StartType, BinaryPath, Account

Open-ServiceHandle $manager NoSuchService
