# The contenders of the warm measurements: each looks up the same block in the same library, which all have loaded.

$library = $settings.memory.library
Import-Module $settings.manifest -ArgumentList @{ LibraryPath = $library; NodePath = $settings.node }
Import-Module $settings.memory.pinvoke, $settings.memory.cmdlet
Import-Module $settings.process -ArgumentList @{ Node = $settings.node; Program = $settings.program; Library = $settings.state.library }

# The bridge and the engine each have their own copy of the library, with its own memory.
$null = New-PersistentUdpPortReservation -StartPort 5000 -NumberOfPorts 20 -Confirm:$false
$token = [uint64]0
$null = [Bench.PInvoke.PortReservation]::CreatePersistentUdpPortReservation(0x8813, 20, [ref]$token)

$ours = @{
    Name     = 'dllet'
    Calls    = $settings.repetitions.scalar.calls
    Scalar   = { param($count) for ($call = 0; $call -lt $count; $call++) { $reservation = Get-PersistentUdpPortReservationToken -StartPort 5000 -NumberOfPorts 20 } }
    Pipeline = { param($blocks) $script:reservations = $blocks | Get-PersistentUdpPortReservationToken }
}
$function = @{
    Name     = 'P/Invoke function'
    Calls    = $settings.repetitions.scalar.calls
    Scalar   = { param($count) for ($call = 0; $call -lt $count; $call++) { $reservation = Get-PInvokeReservation -StartPort 5000 -NumberOfPorts 20 } }
    Pipeline = { param($blocks) $script:reservations = $blocks | Get-PInvokeReservation }
}
$cmdlet = @{
    Name     = 'compiled cmdlet'
    Calls    = $settings.repetitions.scalar.calls
    Scalar   = { param($count) for ($call = 0; $call -lt $count; $call++) { $reservation = Get-CompiledReservation -StartPort 5000 -NumberOfPorts 20 } }
    Pipeline = { param($blocks) $script:reservations = $blocks | Get-CompiledReservation }
}
$process = @{
    Name     = 'process per call'
    Calls    = $settings.repetitions.scalar.processCalls
    Scalar   = { param($count) for ($call = 0; $call -lt $count; $call++) { $reservation = Get-ProcessReservation -StartPort 5000 -NumberOfPorts 20 } }
    Pipeline = { param($blocks) $script:reservations = $blocks | Get-ProcessReservation }
}

# Every contender must return one object with the same properties of the same types, so that none is faster by doing
# less.
function Assert-SameOutput {
    $block = [pscustomobject]@{ StartPort = [uint16]5000; NumberOfPorts = [uint16]20 }
    $shapes = foreach ($contender in $ours, $function, $cmdlet, $process) {
        & $contender.Pipeline @($block)
        $properties = foreach ($property in $script:reservations.PSObject.Properties) {
            if ($property.Name -eq 'Token') { $property.Name + ':' + $property.Value.GetType().Name } else { $property.Name + ':' + $property.Value.GetType().Name + '=' + $property.Value }
        }
        $properties -join ' '
    }
    foreach ($shape in $shapes) {
        if ($shape -cne $shapes[0]) { throw ('The contenders answer differently: ' + ($shapes -join ' | ')) }
    }
}

function Measure-Scalar {
    Invoke-Interleaved 'scalar' $settings.repetitions.scalar.rounds @($ours, $function, $cmdlet, $process) {
        param($contender)
        # Microseconds per call.
        (Get-Duration $contender.Scalar $contender.Calls) * 1000 / $contender.Calls
    }
}

function Measure-Pipeline {
    param([string] $Measurement, [object] $Repetitions)
    $blocks = [object[]]::new($Repetitions.blocks)
    for ($index = 0; $index -lt $blocks.Count; $index++) { $blocks[$index] = [pscustomobject]@{ StartPort = [uint16]5000; NumberOfPorts = [uint16]20 } }
    Invoke-Interleaved $Measurement $Repetitions.rounds @($ours, $function, $cmdlet) {
        param($contender)
        $script:reservations = $null
        Get-Duration $contender.Pipeline $blocks
        if ($script:reservations.Count -ne $blocks.Count) { throw ($contender.Name + ' answered ' + $script:reservations.Count + ' of ' + $blocks.Count) }
    }
}
