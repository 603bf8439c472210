/** The program as a child of the session: its command line, its pipes, its sockets. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { startFacts } from '../support/dump-program.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

const CALL = '(Get-PersistentUdpPortReservationToken 5000 20).Token';

const bench = useModule();

/** The client's own quoting, which has no other door: an option of the module carries one argument a start. */
const QUOTE = `
  $client = (& (Get-Module ${MODULE}) { $script:Module }).GetType().Assembly
  $quote = $client.GetType('Dllet.Client.ProgramStart', $true).GetMethod('Quote', [System.Reflection.BindingFlags] 'NonPublic, Static')`;

beforeAll(async () => {
  await bench.importStandIn('library', { state: 'udp 5000 20 77\n' });
});

/** What command lines get wrong: blanks, quotation marks, backslashes in front of them and at the end, shells, letters. */
const argument = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      ' ',
      '"',
      '\\',
      "'",
      '\t',
      'a',
      '-',
      '%PATH%',
      '&',
      '|',
      '^',
      '$x',
      '`',
      '*',
      '\u00e9',
      '\u65e5',
      '\ud83d\ude00',
    ),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
);

test('every argument arrives as it was given', async () => {
  // One child takes many arguments, so that few are started.
  await fc.assert(
    fc.asyncProperty(fc.array(argument, { minLength: 40, maxLength: 150 }), async (args) => {
      expect(await argumentsOfChild(args)).toEqual(args);
    }),
    {
      numRuns: 6,
      examples: [
        [
          [
            '',
            ' ',
            '"',
            '\\',
            '\\\\',
            'a\\',
            'a b\\',
            '\\"',
            '\\\\"',
            'a\\\\b',
            '"a b"',
            'C:\\a b\\',
            '/',
            '--x=" \\"',
          ],
        ],
      ],
    },
  );
});

/** Starts node by the client's own quoting, and tells with which arguments it was started. */
async function argumentsOfChild(args: readonly string[]): Promise<unknown> {
  const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
  const code = "process.stdout.write(Buffer.from(JSON.stringify(process.argv.slice(1))).toString('base64'))";
  const { output, errors } = await bench.run(`
    $values = foreach ($one in '${['-e', code, '--', ...args].map(base64).join(',')}'.Split(',')) {
      [System.Text.Encoding]::UTF8.GetString([System.Convert]::FromBase64String($one))
    }
    ${QUOTE}
    $quoted = foreach ($value in $values) { $quote.Invoke($null, @([string] $value)) }
    $start = [System.Diagnostics.ProcessStartInfo]::new(${quoted(bench.native(bench.node))}, ($quoted -join ' '))
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $child = [System.Diagnostics.Process]::Start($start)
    $child.StandardInput.Dispose()
    $child.StandardOutput.ReadToEnd()
    $child.WaitForExit()`);
  expect(errors).toEqual([]);
  return JSON.parse(Buffer.from(String(output[0]?.value), 'base64').toString('utf8'));
}

test('the program gets its options as they were given, whatever is in them', async () => {
  const state = `${bench.native(path.join(bench.directory, "a b'\u00e9\u65e5 %PATH% & (1)"))}${bench.native('/').endsWith('\\') ? '' : '"'}\\`;
  const facts = await startFacts(path.dirname(bench.manifest), async () => {
    const options = `@{ NodePath = ${quoted(bench.native(bench.node))}; Backend = 'Simulated'; StatePath = ${quoted(state)}; SimulateUnelevated = $true }`;
    await bench.run(`Import-Module ${quoted(bench.native(bench.manifest))} -Force -ArgumentList ${options}; ${CALL}`);
  });
  expect(facts.arguments).toEqual([
    'serve',
    '--parent',
    expect.stringMatching(/^\d+$/),
    '--backend',
    'simulated',
    '--state',
    state,
    '--unelevated',
  ]);
  await bench.importStandIn('library-again', { state: 'udp 5000 20 77\n' });
});

// Did the other child hold the program's input open, the program would not notice its end.
test('its pipes are closed to other children: it ends with its input while they live', async () => {
  await bench.importStandIn('library-of-its-own', { state: 'udp 5000 20 77\n' });
  const [answer, hasEnded, status, isOtherAlive] = await bench.output(`
    $said = Get-PersistentUdpPortReservationToken 5000 20 -Verbose 4>&1
    $id = foreach ($one in $said) { if ([string] $one -match '^Bridge: process ([0-9]+),') { $Matches[1] } }
    $bridge = [System.Diagnostics.Process]::GetProcessById([int] $id)
    # The handle, by which the status of a program that has gone can still be asked.
    $null = $bridge.Handle
    $said[-1].Token
    $start = [System.Diagnostics.ProcessStartInfo]::new(${quoted(bench.native(bench.node))}, '-e "setTimeout(() => 0, 60000)"')
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $other = [System.Diagnostics.Process]::Start($start)
    # Closes its input. Only what does not end by itself is killed, and that has another status.
    Remove-Module ${MODULE}
    $bridge.WaitForExit(10000); $bridge.ExitCode
    -not $other.HasExited
    $other.Kill(); $other.WaitForExit()`);
  expect({ answer, hasEnded, status, isOtherAlive }).toEqual({
    answer: '77',
    hasEnded: 'True',
    status: '0',
    isOtherAlive: 'True',
  });
  await bench.importStandIn('library-after-it', { state: 'udp 5000 20 77\n' });
  expect(await bench.output(CALL)).toEqual(['77']);
});

test.runIf(process.platform === 'linux')('it listens on nothing: it has no socket at all', async ({ skip }) => {
  if (bench.native('/') !== '/') skip('Windows: there are no such lists of what a process has open');
  const [pid] = await bench.startsDuring(() =>
    bench.importStandIn('sockets', { state: 'udp 5000 20 77\n' }).then(() => bench.output(CALL)),
  );
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('dllet.cjs');
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  expect(open.filter((target) => target.startsWith('socket:'))).toEqual([]);
  expect(open.filter((target) => target.startsWith('pipe:')).length).toBeGreaterThanOrEqual(3);
});
