# Stands in for the module of the same name in a constrained session, which cannot do without some of its commands.
@{
    RootModule           = '../../dllet-powershell-host.dll'
    ModuleVersion        = '7.0.0.0'
    GUID                 = '1f9c8a1e-3a5e-4d3a-9a0f-6a5f4a3d2c11'
    Author               = 'The dllet authors'
    CompanyName          = 'dllet'
    Copyright            = '(c) The dllet authors. MIT License.'
    Description          = 'JSON, objects, errors and warnings for a constrained session of the test host.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @('ConvertFrom-Json', 'ConvertTo-Json', 'New-Object', 'Out-String', 'Write-Error', 'Write-Verbose', 'Write-Warning')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
