Get-Monitor | Get-MonitorFact | Select-Object Device, Flags, @{
  Name = 'Size'; Expression = { "$($_.Area.right - $_.Area.left) x $($_.Area.bottom - $_.Area.top)" }
}

Get-MonitorFact 4660
