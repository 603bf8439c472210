# Invoke-ScriptAnalyzer -Path module -Recurse -Settings PSScriptAnalyzerSettings.psd1: the module gives no finding.
@{
    # The default rules, and that everything runs in Windows PowerShell 5.1 and in PowerShell 7, on Windows.
    IncludeDefaultRules = $true
    Rules               = @{
        PSUseCompatibleSyntax     = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.0', '7.4')
        }
        PSUseCompatibleCommands   = @{
            Enable         = $true
            TargetProfiles = @(
                'win-8_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework'
                'win-8_x64_10.0.17763.0_7.0.0_x64_3.1.2_core'
            )
        }
        PSUseCompatibleTypes      = @{
            Enable         = $true
            TargetProfiles = @(
                'win-8_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework'
                'win-8_x64_10.0.17763.0_7.0.0_x64_3.1.2_core'
            )
        }
        PSUseCompatibleCmdlets    = @{
            compatibility = @('desktop-5.1.14393.206-windows', 'core-6.1.0-windows')
        }
        PSAvoidOverwritingBuiltInCmdlets = @{
            PowerShellVersion = @('desktop-5.1.14393.206-windows', 'core-6.1.0-windows')
        }
    }
}
