/** The module in the restricted sessions that its role capability files describe (JEA). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { MODULE, quoted, useModule } from '../support/powershell-module.js';
import { openRole, runInRole, typeInRole } from '../support/role-session.js';

const BLOCK = { StartPort: 5000, NumberOfPorts: 20 };
const GET = { command: 'Get-PersistentUdpPortReservationToken', parameters: BLOCK };
const NEW = { command: 'New-PersistentUdpPortReservation', parameters: BLOCK };
const bench = useModule();
let options = '';

beforeAll(async () => {
  const state = await bench.importSimulation('roles');
  expect(await bench.run('$null = New-PersistentUdpPortReservation 5000 20')).toMatchObject({ errors: [] });
  options = `@{ Backend = 'Simulated'; StatePath = ${quoted(state)}; NodePath = ${quoted(bench.node)} }`;
});

afterAll(() => bench.run('$endpoint.Runspace.Dispose(); $endpoint.Dispose()'));

describe('the role capability files', () => {
  test('are two, named after the module', () => {
    expect(readdirSync(path.join(path.dirname(bench.manifest), 'RoleCapabilities')).sort()).toEqual([
      `${MODULE}Operator.psrc`,
      `${MODULE}Reader.psrc`,
    ]);
  });

  test.each(['Reader', 'Operator'])('of the %s name commands that the module exports', async (role) => {
    const file = path.join(path.dirname(bench.manifest), 'RoleCapabilities', `${MODULE}${role}.psrc`);
    const [unknown, count] = await bench.output(`
      $tree = [System.Management.Automation.Language.Parser]::ParseFile(${quoted(file)}, [ref]$null, [ref]$null)
      # What PowerShell itself asks of a data file: throws where there is more than data.
      $tree.GetScriptBlock().CheckRestrictedLanguage([string[]]@(), [string[]]@(), $false)
      $names = $tree.EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue().VisibleFunctions
      $exported = (Get-Module ${MODULE}).ExportedFunctions.Keys | ForEach-Object { ${quoted(`${MODULE}\\`)} + $_ }
      [string](@($names | Where-Object { @($exported) -cnotcontains $_ }) -join ', ')
      $names.Count`);
    expect(unknown).toBe('');
    expect(Number(count)).toBeGreaterThan(5);
  });

  test('give the operator what the reader has, and every command that changes the system', async () => {
    const read = async (role: string) => {
      const file = path.join(path.dirname(bench.manifest), 'RoleCapabilities', `${MODULE}${role}.psrc`);
      return bench.output(`
        $tree = [System.Management.Automation.Language.Parser]::ParseFile(${quoted(file)}, [ref]$null, [ref]$null)
        $tree.EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue().VisibleFunctions -replace '^.*\\\\', ''`);
    };
    const [reader, operator] = [await read('Reader'), await read('Operator')];
    const changing = ['New', 'Remove'].flatMap((verb) =>
      ['Udp', 'Tcp'].map((kind) => `${verb}-Persistent${kind}PortReservation`),
    );
    changing.push('New-ExcludedPortRange', 'Remove-ExcludedPortRange', 'Repair-PortExclusion', 'Set-DynamicPortRange');
    expect([...operator].sort()).toEqual([...reader, ...changing].sort());
    // It would write where its caller says, with the rights of the session.
    expect(operator).not.toContain('Export-PortMap');
    expect(operator).not.toContain('New-ReservedUdpSocket');
  });
});

test('the session configuration of docs/jea.md names these roles, and no language', async () => {
  const text = readFileSync(new URL('../../docs/jea.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/```powershell\n([^`]*)```/g)].map(([, code]) => code as string);
  const [code] = blocks.filter((block) => block.startsWith('New-PSSessionConfigurationFile'));
  const [roles, mode, type] = await bench.output(`
    $folder = ${quoted(bench.directory)}
    $file = ${quoted(path.join(bench.directory, 'jea.pssc'))}
    ${code}
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref]$null, [ref]$null)
    $data = $tree.EndBlock.Statements[0].PipelineElements[0].Expression.SafeGetValue()
    (@($data.RoleDefinitions.Values | ForEach-Object { $_.RoleCapabilities }) -join ' ')
    $data.LanguageMode
    $data.SessionType`);
  expect((roles as string).split(' ').sort()).toEqual([`${MODULE}Operator`, `${MODULE}Reader`]);
  expect([mode, type]).toEqual(['NoLanguage', 'RestrictedRemoteServer']);
});

describe('a reader', () => {
  beforeAll(() => openRole(bench, `${MODULE}Reader`, options));

  test('sees the commands of the role, and no other', async () => {
    const { output } = await runInRole(bench, { command: 'Get-Command' });
    const names = output
      .map((one) => toPlain(one) as { Name?: string } | string)
      .map((one) => (typeof one === 'string' ? one : one.Name));
    expect(names).toContain(GET.command);
    expect(names).toContain('Get-PortUse');
    expect(names).not.toContain(NEW.command);
    expect(names).not.toContain('Import-Module');
  });

  test('looks a token up', async () => {
    const { output, errors } = await runInRole(bench, GET);
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual([
      expect.objectContaining({ StartPort: '5000', NumberOfPorts: '20', Token: expect.stringMatching(/^[0-9]+$/) }),
    ]);
  });

  test('gets the tables, and pipes one command into another', async () => {
    expect(await runInRole(bench, { command: 'Get-ExcludedPortRange' })).toMatchObject({ errors: [] });
    const { output, errors } = await runInRole(bench, GET, { command: 'Test-PersistentUdpPortReservation' });
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual(['True']);
  });

  test('is told what went wrong, by the id of the error', async () => {
    const { errors } = await runInRole(bench, {
      command: GET.command,
      parameters: { StartPort: 6000, NumberOfPorts: 2 },
    });
    expect(errors).toMatchObject([
      {
        fullyQualifiedErrorId: `ReservationNotFound,${GET.command}`,
        category: 'ObjectNotFound',
        recommendedAction: expect.stringMatching(/\S/),
      },
    ]);
  });

  test.each([
    NEW.command,
    'Export-PortMap',
    'New-ReservedUdpSocket',
    'Import-Module',
    'Connect-NativeModule',
    'Open-NativeCall',
    'Close-NativeCall',
    'Complete-NativeCall',
  ])('has no %s', async (command) => {
    const { output, errors } = await runInRole(bench, { command });
    expect(output).toEqual([]);
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: 'CommandNotFoundException' }]);
  });

  test.each(['$x = 1', '[System.IO.File]::ReadAllText("x")'])('has no language: %s', async (text) => {
    const { output, errors } = await typeInRole(bench, text);
    expect(output).toEqual([]);
    expect(errors[0]?.fullyQualifiedErrorId).toMatch(/NotAllowed|NotSupported|NoLanguage/);
  });

  test('starts no program', async () => {
    const { errors } = await runInRole(bench, { command: 'node', parameters: { version: true } });
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: 'CommandNotFoundException' }]);
  });

  test('has one bridge for all its calls, as in full language', async () => {
    const started = await bench.startsDuring(async () => {
      await openRole(bench, `${MODULE}Reader`, options);
      for (let call = 0; call < 3; call++) expect(await runInRole(bench, GET)).toMatchObject({ errors: [] });
    });
    expect(started).toHaveLength(1);
  });

  test('gets a text that looks like a date as it is, of a program that says little of itself', async () => {
    const { name, version } = bench.definition;
    const hello = `{"jsonrpc":"2.0","id":$ID,"result":{"definition":"${name}","version":"${version}","pid":1}}`;
    const row = { Protocol: '2024-01-02T03:04:05Z', AddressFamily: 'IPv4', StartPort: 1, EndPort: 2, NumberOfPorts: 2 };
    const result = JSON.stringify({ Rows: [{ ...row, Administered: true, Store: 'active' }] });
    const node = bench.fakeNode('dated', [hello, `{"jsonrpc":"2.0","id":$ID,"result":${result}}`]);
    await openRole(bench, `${MODULE}Reader`, `@{ NodePath = ${quoted(node)}; LibraryPath = '/lib/none.so' }`);
    const { output, errors } = await runInRole(bench, { command: 'Get-ExcludedPortRange' });
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual([expect.objectContaining({ Protocol: row.Protocol })]);
  });
});

describe('an operator', () => {
  beforeAll(() => openRole(bench, `${MODULE}Operator`, options));

  test('reserves and removes a block', async () => {
    const block = { StartPort: 7000, NumberOfPorts: 3 };
    const made = await runInRole(bench, { ...NEW, parameters: block });
    expect(made.errors).toEqual([]);
    expect(made.output.map(toPlain)).toEqual([expect.objectContaining({ StartPort: '7000', EndPort: '7002' })]);
    const removed = await runInRole(bench, {
      command: 'Remove-PersistentUdpPortReservation',
      parameters: { ...block, Force: true },
    });
    expect(removed).toMatchObject({ output: [], errors: [] });
    expect((await runInRole(bench, { ...GET, parameters: block })).errors).toMatchObject([
      { category: 'ObjectNotFound' },
    ]);
  });

  test('can ask what would be done', async () => {
    const { errors } = await runInRole(bench, {
      ...NEW,
      parameters: { StartPort: 7100, NumberOfPorts: 1, WhatIf: true },
    });
    expect(errors).toEqual([]);
    const { output } = await runInRole(bench, {
      command: 'Test-PersistentUdpPortReservation',
      parameters: { StartPort: 7100, NumberOfPorts: 1 },
    });
    expect(output.map(toPlain)).toEqual(['False']);
  });

  test.each(['Export-PortMap', 'New-ReservedTcpSocket', 'Import-Module'])('has no %s', async (command) => {
    const { errors } = await runInRole(bench, { command });
    expect(errors).toMatchObject([{ fullyQualifiedErrorId: 'CommandNotFoundException' }]);
  });
});
