/** Programs for NodePath that send the greeting of the module's program, and then behave differently. */
import { availableParallelism, loadavg } from 'node:os';
import { type ModuleBench, quoted } from './powershell-module.js';

/** The functions that the code of an odd program can use. */
const PROLOGUE = `
const fs = require('node:fs');
// Returns when the reader has received it.
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
 * Returns the path of a program that sends the greeting and then runs the code for every request. In the code,
 * `request` is the request, `say(text)` writes, and `reply(members)` answers, such as `reply('"result":{}')`.
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

/** The time in milliseconds in which a stop ends any wait: 100, or more on an overloaded machine. */
export function millisecondsToStop(): number {
  return (loadavg()[0] ?? 0) > 4 * availableParallelism() ? 3000 : 100;
}

/**
 * Returns a script that runs another one in its own runspace and stops it a moment after a file exists. It emits the
 * duration of the stop in milliseconds, and the state of the stopped pipeline.
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
