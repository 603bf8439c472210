Get-Share | Select-Object Name, Type, Path, Uses

Get-ShareSession | Select-Object Client, User, IdleSeconds

Get-Share nowhere
