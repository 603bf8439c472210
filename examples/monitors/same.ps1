foreach ($monitor in Get-Monitor) {
  $fact = Get-MonitorFact $monitor.Monitor
  "$($fact.Device) $($fact.Flags) $($monitor.Area.left) $($monitor.Area.top) $($fact.Area.right) $($fact.WorkArea.bottom)"
}
'done'
