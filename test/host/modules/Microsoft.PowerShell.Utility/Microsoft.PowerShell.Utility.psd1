# Stands in for the module of the same name that pwsh ships: the JSON cmdlets and nothing else.
@{
    RootModule           = '../../dllet-powershell-host.dll'
    ModuleVersion        = '7.0.0.0'
    GUID                 = '1f9c8a1e-3a5e-4d3a-9a0f-6a5f4a3d2c10'
    Author               = 'The dllet authors'
    CompanyName          = 'dllet'
    Copyright            = '(c) The dllet authors. MIT License.'
    Description          = 'JSON cmdlets for the test host.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @('ConvertFrom-Json', 'ConvertTo-Json')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
