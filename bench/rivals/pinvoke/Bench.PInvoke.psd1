@{
    RootModule         = 'Bench.PInvoke.psm1'
    ModuleVersion      = '1.0.0'
    GUID               = '0a3b5f7e-2b4d-4c7e-9a55-1d2f64a1c001'
    RequiredAssemblies = @('Bench.PInvoke.dll')
    FunctionsToExport  = @('Get-PInvokeReservation')
    CmdletsToExport    = @()
    VariablesToExport  = @()
    AliasesToExport    = @()
}
