# Shared by all measurements in the engine.

function Write-Row {
    [System.Console]::Out.WriteLine($args -join "`t")
}

# Returns the milliseconds that a script block takes, after a garbage collection.
function Get-Duration {
    param([scriptblock] $Work, [object] $Argument)
    [System.GC]::Collect()
    [System.GC]::WaitForPendingFinalizers()
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    & $Work $Argument
    $clock.Stop()
    $clock.Elapsed.TotalMilliseconds
}

# Runs every contender once per round; each round starts with another one. The first round is a warm-up and is not
# counted.
function Invoke-Interleaved {
    param([string] $Measurement, [int] $Rounds, [object[]] $Contenders, [scriptblock] $Measure)
    Write-Row begin $Measurement
    for ($round = -1; $round -lt $Rounds; $round++) {
        for ($place = 0; $place -lt $Contenders.Count; $place++) {
            $contender = $Contenders[($place + $round + 1) % $Contenders.Count]
            $value = & $Measure $contender
            if ($round -ge 0) { Write-Row sample $Measurement $contender.Name $value.ToString('R', [cultureinfo]::InvariantCulture) }
        }
    }
}
