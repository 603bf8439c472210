# Stands in for the module of the same name in a constrained session, which cannot do without one of its commands.
@{
    NestedModules        = @('../../dllet-powershell-host.dll')
    ModuleVersion        = '7.0.0.0'
    GUID                 = '1f9c8a1e-3a5e-4d3a-9a0f-6a5f4a3d2c12'
    Author               = 'The dllet authors'
    CompanyName          = 'dllet'
    Copyright            = '(c) The dllet authors. MIT License.'
    Description          = 'Files, variables of the environment and the registry for a constrained session of the test host.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core')
    CmdletsToExport      = @('Get-ChildItem', 'Get-ItemProperty', 'Pop-Location', 'Push-Location', 'Set-Item', 'Test-Path')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
}
