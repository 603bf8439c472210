/** Faulty programs in place of the module's own: each ends in a documented error, in bounded memory and time. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { millisecondsToStop, oddProgram, stopScript } from '../support/odd-program.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const CALL = `${GET} 5000 1`;
const PIPED = `1..3 | ForEach-Object { [pscustomobject]@{ StartPort = 5000 + $_; NumberOfPorts = 1 } } | ${GET}`;
const bench = useModule();
let count = 0;

async function importOdd(code: string, options: { greet?: string; TimeoutSeconds?: number } = {}): Promise<void> {
  const { greet, ...others } = options;
  count += 1;
  await bench.import({ NodePath: oddProgram(bench, `odd-${count}`, code, greet), ...others });
}

/** The most memory, in MiB, that PowerShell has had while a script ran, over what it had before; and what the script emits, the id of its error too. */
async function growthOf(script: string): Promise<{ output: unknown[]; growth: number }> {
  const output = await bench.output(`
    [GC]::Collect()
    $before = (Get-Process -Id $PID).WorkingSet64
    [System.IO.File]::WriteAllText('/proc/self/clear_refs', '5')
    try { ${script} } catch { $_.FullyQualifiedErrorId }
    $peak = [long](Select-String -LiteralPath /proc/self/status -Pattern 'VmHWM:\\s+(\\d+)').Matches[0].Groups[1].Value
    ($peak - $before / 1KB) / 1KB`);
  return { output: output.slice(0, -1), growth: Number(output.at(-1)) };
}

describe.skipIf(process.platform !== 'linux')('memory is bounded', () => {
  test.each([
    ['one line of 100 MB', 'for (let n = 0; n < 100; n++) say("x".repeat(1e6)); say("\\n");'],
    [
      'a reply of 100 MB',
      `say('{"jsonrpc":"2.0","id":' + request.id + ',"result":{"Token":"'); for (let n = 0; n < 100; n++) say("7".repeat(1e6)); say('"}}\\n');`,
    ],
    ['bytes without end and without a line feed', 'for (;;) say("x".repeat(65536));'],
  ])('%s', async (_name, code) => {
    await importOdd(code);
    const { output, growth } = await growthOf(CALL);
    expect(output).toEqual([`BridgeProtocolError,${GET}`]);
    expect(growth).toBeLessThan(200);
  });

  test('500 MB on stderr before the answer, which comes all the same', async () => {
    await importOdd(`for (let n = 0; n < 500; n++) fs.writeSync(2, 'x'.repeat(1e6)); reply('"result":{"Token":"7"}');`);
    const { output, growth } = await growthOf(`(${CALL}).Token`);
    expect(output).toEqual(['7']);
    expect(growth).toBeLessThan(60);
  });

  test('what was flooded last is in the error when it ends', async () => {
    await importOdd(
      `fs.writeSync(2, 'first\\n'); fs.writeSync(2, 'x\\n'.repeat(1e6)); fs.writeSync(2, 'last words'); process.exit(9);`,
    );
    const error = await bench.failure(CALL);
    expect(error.message).toMatch(/exit status 9\. It said: (x\s+)+last words$/);
    expect(error.message.length).toBeLessThan(2000);
  });

  test('bytes without end when it is asked for its version', async () => {
    // It ends before it greets, so it is asked how old it is.
    const node = bench.script(
      'endless-version',
      `const fs = require('node:fs');
if (process.argv[2] !== '--version') process.exit(3);
try { for (;;) fs.writeSync(1, 'x'.repeat(65536)); } catch {}`,
      process.execPath,
    );
    await bench.import({ NodePath: node });
    const { output, growth } = await growthOf(CALL);
    expect(output).toEqual([`BridgeExited,${GET}`]);
    expect(growth).toBeLessThan(60);
  });
});

/** What it does, and the error: of a single call, and of a batch, where these are asked for. */
const PROTOCOL = 'BridgeProtocolError';
const EXITED = 'BridgeExited';
const TIMEOUT = 'BridgeTimeout';
const SINGLE: readonly (readonly [string, string, string])[] = [
  ['closes its output and lives on', 'fs.closeSync(1); setInterval(() => {}, 1000);', EXITED],
  ['sends half a line and ends', `say('{"jsonrpc":"2.0","id":' + request.id); process.exit(5);`, EXITED],
  ['sends half a line and waits', `say('{"jsonrpc":"2.0","id":' + request.id);`, TIMEOUT],
  ['sends half a line, then a line feed', `say('{"jsonrpc":"2.0","id":' + request.id + '\\n');`, PROTOCOL],
  ['answers an id of the future', `replyTo(request.id + 1, '"result":{"Token":"7"}');`, PROTOCOL],
  ['answers an id of twenty digits', `replyTo('99999999999999999999', '"result":{"Token":"7"}');`, PROTOCOL],
  ['answers a negative id', `replyTo(-1, '"result":{"Token":"7"}');`, PROTOCOL],
  ['answers earlier ids without end', `for (;;) replyTo(1, '"result":{}');`, TIMEOUT],
  ['answers with an array', `say('[{"jsonrpc":"2.0","id":' + request.id + ',"result":{"Token":"7"}}]\\n');`, PROTOCOL],
  ['answers with a number', `say('42\\n');`, PROTOCOL],
  ['answers with words', `say('segmentation fault, core dumped\\n');`, PROTOCOL],
  ['answers with zero bytes', `say(Buffer.alloc(100)); say('\\n');`, PROTOCOL],
  ['answers with what is no UTF-8', `say(Buffer.from([0xc3, 0x28, 0xff, 0x0a]));`, PROTOCOL],
  ['answers with empty lines', `say('\\n\\n\\n');`, PROTOCOL],
  [
    'answers with JSON that does not end',
    `say('{"jsonrpc":"2.0","id":' + request.id + ',"result":{"Token":"7"}\\n');`,
    PROTOCOL,
  ],
  [
    'answers with more than JSON',
    `say('{"jsonrpc":"2.0","id":' + request.id + ',"result":{"Token":"7"}}}\\n');`,
    PROTOCOL,
  ],
  ['answers with neither result nor error', `reply('"results":{}');`, PROTOCOL],
  [
    'answers with result and error',
    `reply('"result":{"Token":"7"},"error":{"code":1,"message":"x","data":{}}');`,
    PROTOCOL,
  ],
  ['answers with a result of null', `reply('"result":null');`, PROTOCOL],
  ['answers with a result that is an array', `reply('"result":["7"]');`, PROTOCOL],
  ['answers with a result without its member', `reply('"result":{}');`, PROTOCOL],
  ['answers with a number over 64 bits', `reply('"result":{"Token":"18446744073709551616"}');`, PROTOCOL],
  ['answers with a negative number', `reply('"result":{"Token":-1}');`, PROTOCOL],
  ['answers with a number of 400 digits', `reply('"result":{"Token":' + '9'.repeat(400) + '}');`, PROTOCOL],
  ['answers with a number of a million digits', `reply('"result":{"Token":"' + '9'.repeat(1e6) + '"}');`, PROTOCOL],
  ['answers with an object for a number', `reply('"result":{"Token":{"a":1}}');`, PROTOCOL],
  ['answers nested a million deep', `reply('"result":{"Token":' + '['.repeat(1e6) + ']'.repeat(1e6) + '}');`, PROTOCOL],
  ['answers with an error without data', `reply('"error":{"code":-32000,"message":"x"}');`, PROTOCOL],
  [
    'answers with an error without a message',
    `reply('"error":{"code":-32000,"data":{"id":"X","category":"NotSpecified","recommendedAction":"y"}}');`,
    PROTOCOL,
  ],
  ['answers with an error that is a text', `reply('"error":"no"');`, PROTOCOL],
  [
    'answers with an error whose id is a number',
    `reply('"error":{"code":1,"message":"x","data":{"id":7,"category":"NotSpecified","recommendedAction":"y"}}');`,
    PROTOCOL,
  ],
];

describe('a program that', () => {
  test.each(SINGLE)('%s', async (_name, code, id) => {
    await importOdd(code, { TimeoutSeconds: 2 });
    expect((await bench.failure(CALL)).fullyQualifiedErrorId).toBe(`${id},${GET}`);
  });

  test.each([['has no process id to tell', '"result":{"definition":"NAME","version":"VERSION"}']])(
    '%s when it greets is used all the same, -Verbose too',
    async (_name, greet) => {
      const { name, version } = bench.definition;
      await importOdd(`reply('"result":{"Token":"7"}');`, {
        greet: greet.replace('NAME', name).replace('VERSION', version),
      });
      const { output, errors } = await bench.run(`(${CALL} -Verbose).Token`);
      expect({ output: output.map((one) => one.value), errors }).toEqual({ output: ['7'], errors: [] });
    },
  );
});

/** The reply to a batch of three. */
const columns = (values: string, errors = '[]') =>
  `reply('"result":{"columns":{"Token":${values}},"errors":${errors}}');`;
const ERROR =
  '{"code":-32000,"message":"m","data":{"id":"AccessDenied","category":"PermissionDenied","recommendedAction":"r","win32":5}}';
const BATCH: readonly (readonly [string, string])[] = [
  ['too few values', columns('[]')],
  ['too many values', columns('["1","2","3","4","5","6","7"]')],
  ['values that are none', columns('{"0":"1"}')],
  ['no columns', `reply('"result":{"errors":[]}');`],
  ['no errors', `reply('"result":{"columns":{"Token":["1","2","3"]}}');`],
  ['errors of rows that there are not', columns('ROWS', `[{"index":99,"error":${ERROR}}]`)],
  ['errors of a negative row', columns('ROWS', `[{"index":-1,"error":${ERROR}}]`)],
  ['errors without an index', columns('ROWS', `[{"error":${ERROR}}]`)],
  ['errors that are numbers', columns('ROWS', '[1]')],
  ['errors without data', columns('ROWS', '[{"index":0,"error":{"message":"x"}}]')],
  ['an error for the whole of it', `reply('"error":${ERROR}');`],
];

describe('a batch that is answered with', () => {
  test.each(BATCH)('%s', async (_name, code) => {
    const rows = `' + JSON.stringify(request.params.columns.StartPort.map(String)) + '`;
    await importOdd(code.replace('ROWS', rows), { TimeoutSeconds: 2 });
    const { errors } = await bench.run(PIPED);
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual([`BridgeProtocolError,${GET}`]);
  });
});

describe('an operation that is answered with', () => {
  test.each([
    ['rows that are none', `reply('"result":{"Rows":[1,2]}');`],
    ['no rows', `reply('"result":{}');`],
    ['one row in place of many', `reply('"result":{"Rows":{}}');`],
    [
      'fields of another type',
      `reply('"result":{"Rows":[{"Protocol":1,"StartPort":"x","EndPort":{},"NumberOfPorts":[]}]}');`,
    ],
  ])('%s', async (_name, code) => {
    await importOdd(code);
    const { errors } = await bench.run('Get-ExcludedPortRange');
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual(['BridgeProtocolError,Get-ExcludedPortRange']);
  });

  test('a range without an end, where one object is made of each number', async () => {
    await importOdd(`reply('"result":{"Rows":[{"Protocol":"Udp","Port":1,"LastPort":"x"}]}');`);
    const { errors } = await bench.run('Test-PortBinding -Port 5000');
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual(['BridgeProtocolError,Test-PortBinding']);
  });

  test('nonsense, of the diagnosis, is a row of it', async () => {
    await importOdd(`reply('"error":{"code":1}');`);
    const { output, errors } = await bench.run(`(Get-${MODULE}Diagnostic | Where-Object Check -EQ program).Status`);
    expect({ output: output.map((one) => one.value), errors }).toEqual({ output: ['Bad'], errors: [] });
  });

  test('nonsense, of the look before a change, does not keep the change from being made', async () => {
    await importOdd(
      `request.method.startsWith('Create') ? reply('"result":{"Token":"7"}') : reply('"result":{"Rows":[{"Text":1}]}');`,
    );
    const { output, errors } = await bench.run('(New-PersistentUdpPortReservation 6000 2).EndPort');
    expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual([]);
    expect(output.map((one) => one.value)).toEqual(['6001']);
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl+C ends, within 100 ms, the wait for', () => {
  const HANGS = 'setInterval(() => {}, 1000);';
  // Node.js behind a launcher that does not become it: what is killed is the launcher, what holds the pipes is the other.
  const launcher = (name: string, inner: string) =>
    bench.script(`${name}-launcher`, `'${inner.replaceAll("'", `'\\''`)}' "$@"`);
  const early = (what: string) => `if (process.argv[2] !== '--version') process.exit(3);\n${what}`;
  const MANY = '(1..4000 | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 1 } })';
  // Each writes the mark when the wait begins.
  const WAITS: readonly (readonly [string, (mark: string) => string, string])[] = [
    ['a greeting', (mark) => bench.script('mute', mark + HANGS, process.execPath), CALL],
    ['a reply', (mark) => oddProgram(bench, 'silent', mark), CALL],
    ['a reply of a program behind a launcher', (mark) => launcher('silent', oddProgram(bench, 'behind', mark)), CALL],
    ['the end of half a line', (mark) => oddProgram(bench, 'half', `say('{"jsonrpc"'); ${mark}`), CALL],
    [
      'the end of a program that closed its output',
      (mark) => oddProgram(bench, 'closed', `fs.closeSync(1); ${mark} ${HANGS}`),
      CALL,
    ],
    [
      'the version of a program that ended early',
      (mark) => bench.script('early', early(mark + HANGS), process.execPath),
      CALL,
    ],
    [
      'a program that reads no further',
      (mark) => oddProgram(bench, 'deaf', `process.stdin.pause(); ${mark}`),
      `${GET} -InputObject ${MANY}`,
    ],
  ];

  test.each(WAITS)('%s', async (_name, program, call) => {
    let quickest = Number.POSITIVE_INFINITY;
    // Once is enough on a machine that has time; on a busy one, PowerShell itself may need longer.
    for (let attempt = 0; attempt < 5 && quickest >= millisecondsToStop(); attempt++) {
      count += 1;
      const mark = path.join(bench.directory, `mark-${count}`);
      const line = bench.importLine({
        NodePath: program(`require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); `),
      });
      const output = await bench.output(stopScript(`${line}; ${call}`, mark));
      expect(output[1]).toBe('Stopped');
      quickest = Math.min(quickest, Number(output[0]));
    }
    expect(quickest).toBeLessThan(millisecondsToStop());
  });
});

test('an argument that is a part of itself is refused, and the program is not asked', async () => {
  await importOdd('process.exit(1);');
  const script = `$deep = @{}; $deep.own = $deep
    & (Get-Module ${MODULE}) { param($Deep)
      function Invoke-It { [CmdletBinding()] param($Deep) $script:Module.Invoke($PSCmdlet, 'x', @{ deep = $Deep }) }
      Invoke-It $Deep } $deep`;
  expect(await bench.failure(script)).toMatchObject({
    fullyQualifiedErrorId: expect.stringMatching(/^InvalidParameter,/),
  });
});

test('a request that a message has kept from being sent is never sent', async () => {
  const record = path.join(bench.directory, 'methods.txt');
  await importOdd(
    `fs.appendFileSync(${JSON.stringify(record)}, request.method + '\\n'); reply('"result":{"Token":"7","Rows":[]}');`,
  );
  await bench.output(`$null = ${CALL}`);
  const { errors } = await bench.run(`
    $DebugPreference = 'Stop'
    try { New-PersistentUdpPortReservation 6000 2 -WarningAction SilentlyContinue } finally { $DebugPreference = 'SilentlyContinue' }`);
  expect(errors).toHaveLength(1);
  await bench.output(`$null = ${CALL}`);
  expect(await bench.output(`(Get-Content -LiteralPath ${quoted(record)}) -match '^Create'`)).toEqual([]);
});
