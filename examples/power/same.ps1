$status = Get-PowerStatus
"$($status.Percent) $($status.BatterySaver) $($status.SecondsLeft) $($status.SecondsWhenFull)"
