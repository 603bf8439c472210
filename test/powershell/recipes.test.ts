/** The PowerShell of the recipes: all of it is 5.1 syntax, and what needs no other machine is run. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { toPlain } from '../../src/powershell/result.js';
import { codeBlocks, RECIPES, savedBlock } from '../support/markdown.js';
import { quoted, useModule } from '../support/powershell-module.js';

const bench = useModule();
let folder = '';

/** A simulated computer for each test; the recipe's own Import-Module gets the module over it. */
beforeEach(async () => {
  folder = mkdtempSync(path.join(bench.directory, 'recipe '));
  await simulate('');
});

async function simulate(more: string): Promise<void> {
  const options = `@{ Backend = 'Simulated'; NodePath = ${quoted(bench.node)}; StatePath = ${quoted(file('state.json'))}; AuditPath = ${quoted(file('audit.jsonl'))}; ${more} }`;
  await bench.output(`
    function global:Import-Module {
      param([string] $Name)
      if ($Name -ne 'PersistentPortReservation') { throw "no module $Name" }
      Microsoft.PowerShell.Core\\Import-Module -Name ${quoted(bench.manifest)} -Global -Force -ArgumentList ${options}
      $null = Test-PersistentUdpPortReservation 1 1 -WarningAction SilentlyContinue
    }`);
}

const file = (name: string) => path.join(folder, name);

function reservations(): string[] {
  if (!existsSync(file('state.json'))) return [];
  const { reservations: all } = JSON.parse(readFileSync(file('state.json'), 'utf8'));
  return all.map((one: { pool: string; startPort: number }) => `${one.pool} ${one.startPort}`).sort();
}

function reasons(): string[] {
  if (!existsSync(file('audit.jsonl'))) return [];
  return readFileSync(file('audit.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).reason);
}

/** Makes a reservation beforehand. */
async function reserve(block: string): Promise<void> {
  await bench.output(
    `Import-Module PersistentPortReservation; $null = New-PersistentUdpPortReservation ${block} -Reason before`,
  );
}

/** Saves a script as its recipe says, and runs it: what it prints, and its exit status last. */
async function runSaved(text: string, name: string, parameters = ''): Promise<unknown[]> {
  writeFileSync(file(name), text);
  return bench.output(`& ${quoted(file(name))} ${parameters}; $LASTEXITCODE`);
}

/** Scripts in the documents of other tools. */
const embedded = codeBlocks('docs/recipes/ansible.md').flatMap(({ text, line, language }) => {
  if (language !== 'yaml') return [];
  const scripts: [string, string][] = [];
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'script' && typeof child === 'string')
        scripts.push([`docs/recipes/ansible.md:${line} script`, child]);
      else collect(child);
    }
  };
  collect(parseDocument(text).toJS());
  return scripts;
});

const all: [string, string][] = [...RECIPES, 'docs/audit.md']
  .flatMap(codeBlocks)
  .filter(({ language }) => language === 'powershell')
  .map(({ document, line, text }) => [`${document}:${line}`, text]);

test.each([...all, ...embedded])('%s is 5.1 syntax', async (_place, text) => {
  const found = await bench.output(`
    $tokens = $null; $problems = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput(${quoted(text)}, [ref]$tokens, [ref]$problems)
    foreach ($problem in $problems) { [string]$problem.Extent.StartLineNumber + ': ' + $problem.Message }
    foreach ($token in $tokens) { if ([string]$token.Kind -match '^Question(Question|Dot|LBracket)|^AndAnd$|^OrOr$') { $token.Text } }
    foreach ($node in $ast.FindAll({ $args[0].GetType().Name -match '^(Ternary|PipelineChain)' }, $true)) {
      if ($node.GetType().Name -match '^Ternary' -or $node.Background) { $node.Extent.Text }
    }`);
  expect(found).toEqual([]);
});

describe('Set-PortReservation.ps1', () => {
  const NAME = 'Set-PortReservation.ps1';
  const script = savedBlock('docs/recipes/README.md', NAME);
  const log = () =>
    readFileSync(file(path.join('logs', 'set.log')), 'utf8')
      .trimEnd()
      .split('\n');
  const run = (more = '') => runSaved(script, NAME, `-LogPath ${quoted(file(path.join('logs', 'set.log')))} ${more}`);

  test('makes it so, and the second time there is nothing to do', async () => {
    await reserve('5100 20');
    expect(await run("-Reason 'CHG0042'")).toEqual(['0']);
    expect(reservations()).toEqual(['tcp 8100', 'udp 5000']);
    expect(reasons()).toEqual(['before', 'CHG0042', 'CHG0042', 'CHG0042']);
    expect(await run()).toEqual(['0']);
    expect(reasons()).toHaveLength(4);
    expect(log().map((line) => line.replace(/^\S+Z /, ''))).toEqual([
      'Udp 5000-5019 was reserved',
      'Tcp 8100-8109 was reserved',
      'Udp 5100-5119 was released',
      'Udp 5000-5019 is Present',
      'Tcp 8100-8109 is Present',
      'Udp 5100-5119 is Absent',
    ]);
  });

  test('-TestOnly says what is wrong and changes nothing', async () => {
    await reserve('5000 20');
    expect(await run('-TestOnly')).toEqual(['1']);
    expect(reservations()).toEqual(['udp 5000']);
    expect(log()[1]).toMatch(/Tcp 8100-8109 is not Present$/);
    await run();
    expect(await run('-TestOnly')).toEqual(['0']);
  });

  test('a block that cannot be had does not hold up the others', async () => {
    await reserve('5010 4');
    expect(await run('3>$null')).toEqual(['1']);
    expect(reservations()).toEqual(['tcp 8100', 'udp 5010']);
    expect(log()[0]).toMatch(/Udp 5000-5019: PortRangeInUse,New-PersistentUdpPortReservation: .*cannot be reserved/);
  });

  test('without rights, and without a node, it says so', async () => {
    await simulate('SimulateUnelevated = $true');
    expect(await run()).toEqual(['1']);
    expect(log()[0]).toMatch(/AccessDenied/);
    await bench.output("function global:Import-Module { throw 'it is not installed' }");
    expect(await run()).toEqual(['1']);
    expect(log().at(-1)).toMatch(/The module cannot be used: it is not installed$/);
  });
});

test('PowerShell remoting: the script block, on this computer, twice', async () => {
  const blocks = codeBlocks('docs/recipes/powershell-remoting.md').filter(({ info }) => info === 'run');
  expect(blocks).toHaveLength(1);
  const text = blocks[0]?.text ?? '';
  const made = await bench.output(text);
  expect(made).toMatchObject([
    { Protocol: 'Udp', StartPort: '5000', EndPort: '5019' },
    { Protocol: 'Tcp', StartPort: '8100', EndPort: '8109' },
  ]);
  expect(await bench.output(text)).toEqual(made);
  expect(reservations()).toEqual(['tcp 8100', 'udp 5000']);
});

describe('Intune', () => {
  const detect = savedBlock('docs/recipes/intune.md', 'Detect.ps1');
  const remediate = detect.replace('$is_remediation = $false', '$is_remediation = $true');

  test('detection finds it wrong, remediation puts it right, detection is content', async () => {
    expect(remediate).not.toBe(detect);
    expect(await runSaved(detect, 'Detect.ps1')).toEqual(['Udp 5000 is not Present; Tcp 8100 is not Present', '1']);
    expect(reservations()).toEqual([]);
    for (const [name, text] of [
      ['Remediate.ps1', remediate],
      ['Detect.ps1', detect],
      ['Remediate.ps1', remediate],
    ] as const) {
      expect(await runSaved(text, name)).toEqual(['All blocks are as they should be.', '0']);
    }
    expect(reservations()).toEqual(['tcp 8100', 'udp 5000']);
    expect(reasons()).toEqual(['Intune', 'Intune']);
  });

  test('a remediation that fails says with which error', async () => {
    await simulate('SimulateUnelevated = $true');
    const [said, status] = await runSaved(remediate, 'Remediate.ps1');
    expect([said, status]).toEqual([expect.stringMatching(/^AccessDenied/), '1']);
  });
});

describe('Ansible', () => {
  const script = embedded[0]?.[1] ?? '';

  async function play(state: string, isCheck = false): Promise<unknown> {
    writeFileSync(file('task.ps1'), script);
    const { output, errors } = await bench.run(`
      $Ansible = [pscustomobject]@{ Changed = $true; CheckMode = $${isCheck} }
      & ${quoted(file('task.ps1'))} -Protocol Udp -StartPort 5000 -NumberOfPorts 20 -State ${state} -Reason 'Ansible, test'
      $Ansible.Changed`);
    expect(errors).toEqual([]);
    return output.map(toPlain);
  }

  test('the task changes what differs and says so, and only looks in check mode', async () => {
    expect(embedded).toHaveLength(1);
    expect(await play('present', true)).toEqual(['True']);
    expect(reservations()).toEqual([]);
    expect(await play('present')).toEqual(['True']);
    expect(reservations()).toEqual(['udp 5000']);
    expect(await play('present')).toEqual(['False']);
    expect(await play('absent', true)).toEqual(['True']);
    expect(await play('absent')).toEqual(['True']);
    expect(await play('absent')).toEqual(['False']);
    expect(reservations()).toEqual([]);
    expect(reasons()).toEqual(['Ansible, test', 'Ansible, test']);
  });
});
