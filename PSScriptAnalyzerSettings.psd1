# Invoke-ScriptAnalyzer -Path module -Recurse -Settings PSScriptAnalyzerSettings.psd1: the module gives no finding.
# test/powershell/script-analyzer.test.ts says the same of other modules, where PSScriptAnalyzer is installed.
@{
    # The default rules, and that everything runs in Windows PowerShell 5.1 and in PowerShell 7, on Windows.
    IncludeDefaultRules = $true
    Rules               = @{
        PSUseCompatibleSyntax            = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.0', '7.4')
        }
        PSUseCompatibleCmdlets           = @{
            compatibility = @('desktop-5.1.14393.206-windows', 'core-6.1.0-windows')
        }
        PSAvoidOverwritingBuiltInCmdlets = @{
            PowerShellVersion = @('desktop-5.1.14393.206-windows', 'core-6.1.0-windows')
        }
    }
}
