// The cold script of each contender: import, look up `size` blocks by pipeline, and print how many returned with which
// token.
import { BLOCK, TOKEN } from './setup.mjs';

export function contendersOf({ manifest, program, state, process: processModule, addType }) {
  const node = quoted(process.execPath);
  const library = quoted(state.library);
  return [
    contender(
      'dllet',
      manifest,
      'Get-PersistentUdpPortReservationToken',
      `LibraryPath = ${library}; NodePath = ${node}`,
    ),
    contender('Add-Type function', addType, 'Get-AddTypeReservation', `Library = ${library}`),
    contender('P/Invoke function', state.pinvoke, 'Get-PInvokeReservation'),
    contender('compiled cmdlet', state.cmdlet, 'Get-CompiledReservation'),
    {
      ...contender(
        'process per call',
        processModule,
        'Get-ProcessReservation',
        `Node = ${node}; Program = ${quoted(program)}; Library = ${library}`,
      ),
      isProcessPerCall: true,
    },
    // The same script without an import and without lookups.
    { name: 'engine alone', script: (size) => `${blocks(size)}; "$(@($blocks).Count) ${TOKEN}"` },
  ];
}

function contender(name, manifest, command, options) {
  const load = `Import-Module ${quoted(manifest)}${options ? ` -ArgumentList @{ ${options} }` : ''}`;
  return {
    name,
    script: (size) =>
      `${load}; ${blocks(size)}; $found = @($blocks | ${command}); "$($found.Count) $($found[-1].Token)"`,
  };
}

function blocks(size) {
  const { StartPort, NumberOfPorts } = BLOCK;
  return `$blocks = , [pscustomobject]@{ StartPort = [uint16]${StartPort}; NumberOfPorts = [uint16]${NumberOfPorts} } * ${size}`;
}

/** Returns a text as a PowerShell string. */
function quoted(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
