(Get-PowerStatus).PSObject.Properties.Name

(Get-PowerStatus).ACLineStatus -in 'Offline', 'Online', 'Unknown'
