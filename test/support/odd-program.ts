/** Programs for NodePath that greet as the module's program does, and then do something else. */
import { type ModuleBench, quoted } from './powershell-module.js';

/** What the code of an odd program can use. */
const PROLOGUE = `
const fs = require('node:fs');
// Returns when the reader has it.
const say = (text) => {
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    try { rest = rest.subarray(fs.writeSync(1, rest)); } catch (error) { if (error.code !== 'EAGAIN') process.exit(0); }
  }
};
const replyTo = (id, members) => say('{"jsonrpc":"2.0","id":' + id + ',' + members + '}\\n');
process.stdin.on('end', () => process.exit(0));
const onRequest = (take) =>
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => take(JSON.parse(line)));`;

/**
 * The path of a program that greets, and then runs the code for every request: in it, `request` is the request,
 * `say(text)` writes, `reply(members)` answers, such as `reply('"result":{}')`.
 */
export function oddProgram(bench: ModuleBench, name: string, code: string, greet = '"result":GREETING'): string {
  const { name: definition, version } = bench.definition;
  const greeting = JSON.stringify({
    definition,
    version,
    backend: 'native',
    library: null,
    pid: 1,
    node: '20',
    nodePath: 'x',
  });
  return bench.script(
    name,
    `${PROLOGUE}
onRequest((request) => {
  const reply = (members) => replyTo(request.id, members);
  if (request.method === 'dllet.handshake') return reply(${JSON.stringify(greet.replace('GREETING', greeting))});
  ${code}
});`,
    process.execPath,
  );
}

/**
 * A script that runs another in a runspace of its own and stops it a moment after a file is there. It emits how many milliseconds the
 * stop took, and the state of what was stopped.
 */
export function stopScript(script: string, mark: string): string {
  return `
    $stopped = [powershell]::Create()
    $stopped.Runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
    $stopped.Runspace.Open()
    $null = $stopped.AddScript(${quoted(script)})
    $under = $stopped.BeginInvoke()
    while (-not (Test-Path -LiteralPath ${quoted(mark)}) -and -not $under.IsCompleted) { [System.Threading.Thread]::Sleep(20) }
    [System.Threading.Thread]::Sleep(200)
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $stopped.Stop()
    [long]$clock.ElapsedMilliseconds
    $stopped.InvocationStateInfo.State.ToString()
    $stopped.Runspace.Dispose(); $stopped.Dispose()`;
}
