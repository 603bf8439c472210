# Measurements that need a new runspace for each sample, in a warm engine.

$nativeOptions = "-ArgumentList @{ LibraryPath = '" + ($settings.state.library -replace "'", "''") + "'; NodePath = '" + ($settings.node -replace "'", "''") + "' }"

function Get-ImportLine {
    param([string] $Manifest, [string] $Options = '')
    "Import-Module '" + ($Manifest -replace "'", "''") + "' " + $Options
}

# Returns the milliseconds that a script takes in its own runspace, without opening and closing it.
function Get-RunspaceDuration {
    param([string] $Script)
    $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace([System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
    $runspace.Open()
    try {
        $shell = [System.Management.Automation.PowerShell]::Create()
        $shell.Runspace = $runspace
        $null = $shell.AddScript($Script)
        Get-Duration { param($shell) $script:output = $shell.Invoke() } $shell
        if ($shell.HadErrors) { throw ($Script + ': ' + ($shell.Streams.Error -join '; ')) }
        $shell.Dispose()
    } finally {
        $runspace.Dispose()
    }
}

function Measure-ImportTime {
    $contenders = @(
        @{ Name = 'dllet'; Script = Get-ImportLine $settings.manifest $nativeOptions }
        @{ Name = 'one function'; Script = Get-ImportLine $settings.oneFunction }
        @{ Name = 'empty'; Script = Get-ImportLine $settings.empty }
        @{ Name = 'P/Invoke function'; Script = Get-ImportLine $settings.memory.pinvoke }
        @{ Name = 'compiled cmdlet'; Script = Get-ImportLine $settings.memory.cmdlet }
    )
    Invoke-Interleaved 'import' $settings.repetitions.import $contenders { param($contender) Get-RunspaceDuration $contender.Script }
}

function Measure-WarmFirstToken {
    $contenders = @(
        @{ Name = 'dllet'; Script = (Get-ImportLine $settings.manifest $nativeOptions) + '; (Get-PersistentUdpPortReservationToken 5000 20).Token' }
        @{ Name = 'P/Invoke function'; Script = (Get-ImportLine $settings.memory.pinvoke) + '; (Get-PInvokeReservation 5000 20).Token' }
        @{ Name = 'compiled cmdlet'; Script = (Get-ImportLine $settings.memory.cmdlet) + '; (Get-CompiledReservation 5000 20).Token' }
    )
    Invoke-Interleaved 'warm-first-token' $settings.repetitions.firstToken $contenders {
        param($contender)
        Get-RunspaceDuration $contender.Script
        if ($script:output.Count -ne 1 -or $script:output[0] -isnot [uint64]) { throw ($contender.Name + ' gave no token.') }
    }
}
