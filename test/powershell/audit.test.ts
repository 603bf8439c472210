/** The audit of the module: enabled by an option or by the policy of the machine, and never a reason for failure. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, type ModuleOptions, quoted, useModule } from '../support/powershell-module.js';

const CREATE = 'CreatePersistentUdpPortReservation';
const DELETE = 'DeletePersistentUdpPortReservation';
const bench = useModule();
/** A folder for each test: its audit file, its simulation. */
let folder = '';
/** In place of /etc/dllet, in the program of this module alone. */
let policies = '';

beforeAll(() => {
  policies = path.join(bench.directory, 'policies');
  mkdirSync(policies);
  const program = path.join(path.dirname(bench.manifest), 'bin', 'program.cjs');
  const parts = readFileSync(program, 'utf8').split('"/etc/dllet"');
  expect(parts).toHaveLength(2);
  writeFileSync(program, parts.join(JSON.stringify(policies)));
});

beforeEach(() => {
  folder = mkdtempSync(path.join(bench.directory, 'audit '));
  rmSync(policyFile(), { force: true });
});

const policyFile = () => path.join(policies, `${MODULE}.policy.json`);
const file = (name = 'audit.jsonl') => path.join(folder, name);

const options = (more: ModuleOptions): ModuleOptions => ({
  Backend: 'Simulated',
  StatePath: file('state.json'),
  ...more,
});

/** Imports the module over its own simulation, and consumes the warning. */
async function importModule(more: ModuleOptions = {}): Promise<void> {
  await bench.import(options(more));
  await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
}

function records(of = file()): Record<string, unknown>[] {
  if (!existsSync(of)) return [];
  const lines = readFileSync(of, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

const AuditPath = () => ({ AuditPath: file() });

describe('the option AuditPath', () => {
  test('off by default: no file, no word', async () => {
    await importModule();
    expect(await bench.output('(New-PersistentUdpPortReservation 5000 20 -Reason none).EndPort')).toEqual(['5019']);
    expect(records()).toEqual([]);
  });

  test('each change is one record with who, when, what, why and the result', async () => {
    await importModule(AuditPath());
    const [pid] = await bench.output(`
      $null = New-PersistentUdpPortReservation 5000 20 -Reason 'CHG0042'
      Remove-PersistentUdpPortReservation 5000 20 -Force
      $PID`);
    const common = {
      definition: MODULE,
      params: { StartPort: 5000, NumberOfPorts: 20 },
      outcome: 'ok',
      errorId: null,
      win32: null,
      backend: 'simulated',
      parentProcessId: Number(pid),
      host: expect.stringMatching(/./),
      user: expect.stringMatching(/./),
    };
    expect(records()).toMatchObject([
      { ...common, function: CREATE, reason: 'CHG0042' },
      { ...common, function: DELETE, reason: null },
    ]);
    for (const { time } of records()) expect(Math.abs(Date.parse(String(time)) - Date.now())).toBeLessThan(60_000);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  test('what only looks is not recorded', async () => {
    await importModule(AuditPath());
    await bench.run(
      'Get-PersistentUdpPortReservationToken 5000 20; Test-PersistentTcpPortReservation 1 1; Get-DynamicPortRange',
    );
    expect(records()).toEqual([]);
  });

  test('what failed and what was denied is recorded with its error', async () => {
    await importModule({ ...AuditPath(), SimulateUnelevated: true });
    expect((await bench.failure('New-PersistentUdpPortReservation 5000 20')).fullyQualifiedErrorId).toMatch(
      /^AccessDenied/,
    );
    await importModule(AuditPath());
    expect((await bench.failure('Remove-PersistentUdpPortReservation 5000 19 -Force')).fullyQualifiedErrorId).toMatch(
      /^ReservationNotFound/,
    );
    expect(records()).toMatchObject([
      { function: CREATE, outcome: 'error', errorId: 'AccessDenied', category: 'PermissionDenied', win32: 5 },
      {
        function: DELETE,
        outcome: 'error',
        errorId: 'ReservationNotFound',
        win32: 1168,
        params: { NumberOfPorts: 19 },
      },
    ]);
  });

  test.each([
    'New-PersistentUdpPortReservation 5000 20 -WhatIf',
    'New-PersistentUdpPortReservation 5000 20 -Reason x -WhatIf',
    '$WhatIfPreference = $true; New-PersistentUdpPortReservation 5000 20; $WhatIfPreference = $false',
    'Remove-PersistentUdpPortReservation 5000 20',
  ])('%s: nothing was done, so nothing is recorded', async (script) => {
    await importModule(AuditPath());
    await bench.run(script);
    expect(records()).toEqual([]);
  });

  test('a pipeline has a record for each of its blocks, and one reason for all', async () => {
    await importModule(AuditPath());
    const made = await bench.output(`
      $blocks = 6000, 6100, 6200 | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 5 } }
      $null = $blocks | New-PersistentUdpPortReservation -Reason 'three'
      Remove-PersistentUdpPortReservation -InputObject $blocks -Force -Reason 'away'`);
    expect(made).toEqual([]);
    expect(records().map(({ reason, params }) => [reason, (params as { StartPort: number }).StartPort])).toEqual([
      ['three', 6000],
      ['three', 6100],
      ['three', 6200],
      ['away', 6000],
      ['away', 6100],
      ['away', 6200],
    ]);
  });
});

describe('the reason', () => {
  const HOSTILE = 'a "quote", it\'s \\ $(1) `n %1 {0}\r\n\t\u00e9\u65e5\u{1F600}\u2028\u0001';

  test('arrives as it is, whatever is in it', async () => {
    await importModule(AuditPath());
    const units = [...Array(HOSTILE.length).keys()].map((at) => HOSTILE.charCodeAt(at)).concat(0xd800);
    await bench.output(
      `$null = New-PersistentUdpPortReservation 5000 20 -Reason ([string]::new([char[]]@(${units.join(',')})))`,
    );
    expect(records()).toMatchObject([{ reason: `${HOSTILE}\ud800` }]);
  });

  test('AuditReason is the reason of those that have none; a preference can be set as for any parameter', async () => {
    await importModule({ ...AuditPath(), AuditReason: "nightly 'run'" });
    await bench.output(`
      $null = New-PersistentUdpPortReservation 5000 20
      $null = New-PersistentUdpPortReservation 5100 20 -Reason ''
      $null = New-PersistentUdpPortReservation 5200 20 -Reason 'own'
      $PSDefaultParameterValues = @{ '*-Persistent*:Reason' = 'preferred' }
      Remove-PersistentUdpPortReservation 5000 20 -Force
      $PSDefaultParameterValues = @{}`);
    expect(records().map(({ reason }) => reason)).toEqual(["nightly 'run'", "nightly 'run'", 'own', 'preferred']);
  });

  test('is refused when it is too long, and belongs to changing cmdlets alone', async () => {
    await importModule(AuditPath());
    const tooLong = await bench.failure("New-PersistentUdpPortReservation 5000 20 -Reason ('x' * 1025)");
    expect(tooLong.fullyQualifiedErrorId).toMatch(/^ParameterArgumentValidationError/);
    const taking = `(Get-Command -Module ${MODULE} | Where-Object { $_.Parameters.ContainsKey('Reason') }).Name`;
    const blocks = ['New', 'Remove'].flatMap((verb) => [
      `${verb}-ExcludedPortRange`,
      ...['Tcp', 'Udp'].map((one) => `${verb}-Persistent${one}PortReservation`),
    ]);
    expect((await bench.output(taking)).sort()).toEqual([...blocks, 'Repair-PortExclusion', 'Set-DynamicPortRange']);
  });
});

describe('a record that cannot be written', () => {
  test('takes nothing away: the change is done, its result is there, and a warning says why', async () => {
    await importModule({ AuditPath: path.join(folder, 'missing', 'audit.jsonl') });
    const { output, errors, warnings } = await bench.run('(New-PersistentUdpPortReservation 5000 20).EndPort');
    expect({ output: output.map(toPlain), errors }).toEqual({ output: ['5019'], errors: [] });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The audit record of Create\w+ could not be written to the file .*missing.*ENOENT.*The call itself is not affected/,
      ),
    ]);
    expect(await bench.output('Test-PersistentUdpPortReservation 5000 20')).toEqual(['True']);
  });

  test('is a warning beside the error of a change that failed, and -WarningAction silences it', async () => {
    mkdirSync(file());
    await importModule(AuditPath());
    const remove = 'Remove-PersistentUdpPortReservation 5000 20 -Force';
    const { errors, warnings } = await bench.run(remove);
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: expect.stringMatching(/^ReservationNotFound/) }]);
    expect(warnings).toEqual([expect.stringContaining('it is a directory')]);
    expect((await bench.run(`${remove} -WarningAction SilentlyContinue`)).warnings).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('the policy', () => {
  const setPolicy = (values: object) => writeFileSync(policyFile(), JSON.stringify(values));

  test('records without any option, and at once for a session that is open', async () => {
    await importModule();
    await bench.output('$null = New-PersistentUdpPortReservation 5000 20');
    setPolicy({ AuditPath: file('theirs.jsonl') });
    await bench.output('$null = New-PersistentUdpPortReservation 5100 20 -Reason why');
    expect(records(file('theirs.jsonl'))).toMatchObject([{ params: { StartPort: 5100 }, reason: 'why' }]);
  });

  test.each([
    ['left out', {}],
    ['empty', { AuditPath: '' }],
    ['$false', { AuditEventLog: false }],
  ] as [string, ModuleOptions][])('cannot be switched off by an option that is %s', async (_name, more) => {
    setPolicy({ AuditPath: file('theirs.jsonl') });
    await importModule(more);
    await bench.output('$null = New-PersistentUdpPortReservation 5000 20');
    expect(records(file('theirs.jsonl'))).toHaveLength(1);
  });

  test('and the option of the user each get their record', async () => {
    setPolicy({ AuditPath: file('theirs.jsonl') });
    await importModule(AuditPath());
    await bench.output('$null = New-PersistentUdpPortReservation 5000 20');
    expect(records()).toEqual(records(file('theirs.jsonl')));
    expect(records()).toHaveLength(1);
  });

  test('that is no JSON is a warning with each change, which is done', async () => {
    writeFileSync(policyFile(), '{');
    await importModule();
    const { output, warnings } = await bench.run('(New-PersistentUdpPortReservation 5000 20).EndPort');
    expect(output.map(toPlain)).toEqual(['5019']);
    expect(warnings).toEqual([
      expect.stringMatching(/^The audit policy .* cannot be read: .*The call itself is not affected/),
    ]);
  });
});

test.each([
  [{ AuditPath: 'audit.jsonl' }, "AuditPath is 'audit.jsonl', which is not an absolute path."],
  [{ AuditReason: 'x'.repeat(1025) }, 'AuditReason has 1025 characters.'],
  ...(process.platform === 'win32'
    ? []
    : [[{ AuditEventLog: true }, 'AuditEventLog is only available on Windows'] as [ModuleOptions, string]]),
])('the import fails with an option that cannot be meant: %#', async (wrong, words) => {
  const { errors } = await bench.tryImport(wrong);
  expect(errors).toMatchObject([
    {
      fullyQualifiedErrorId: expect.stringMatching(/^InvalidParameter,/),
      category: 'InvalidArgument',
      message: expect.stringContaining(words),
    },
  ]);
});

describe('in constrained language', () => {
  const run = (script: string) => runConstrained(bench, script);

  async function openWith(more: ModuleOptions): Promise<void> {
    await openConstrained(bench);
    const all = options({ NodePath: bench.node, ...more });
    expect(await run(bench.importLine(all))).toMatchObject({ output: [], errors: [], warnings: [] });
    await run('$null = Test-PersistentUdpPortReservation 1 1');
  }

  test('changes are recorded with their reason, what failed too, and -WhatIf is not', async () => {
    await openWith({ ...AuditPath(), AuditReason: 'nightly' });
    const reason = 'a "quote", it\'s \\ $(1) %1 \u00e9\u65e5\u{1F600}';
    const { errors, warnings } = await run(`
      $null = New-PersistentUdpPortReservation 5000 20 -Reason ${quoted(reason)}
      $null = New-PersistentUdpPortReservation 5000 20
      Remove-PersistentUdpPortReservation 5000 20 -Force -WhatIf -WarningAction SilentlyContinue`);
    expect(errors).toHaveLength(1);
    expect(warnings.filter((text) => text.includes('audit'))).toEqual([]);
    expect(records()).toMatchObject([
      { function: CREATE, outcome: 'ok', reason },
      { function: CREATE, outcome: 'error', errorId: 'PortRangeInUse', win32: 32, reason: 'nightly' },
    ]);
  });

  test('a record that cannot be written is a warning, and the change is done', async () => {
    mkdirSync(file());
    await openWith(AuditPath());
    const { output, errors, warnings } = await run('(New-PersistentUdpPortReservation 5000 20).EndPort');
    expect({ output: output.map(toPlain), errors }).toEqual({ output: ['5019'], errors: [] });
    expect(warnings).toEqual([expect.stringContaining('it is a directory')]);
  });
});
