/**
 * What is exact in an answer: numbers that no token can be are the same error singly and in a pipeline, properties come in the order of
 * the definition, wrong options have the id that is documented.
 */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { MODULE, type ModuleOptions, quoted, useModule } from '../support/powershell-module.js';

const GET = 'Get-PersistentUdpPortReservationToken';
const bench = useModule();
let fakes = 0;

const SINGLY = `${GET} 5000 20`;
const PIPED = `5000 | ForEach-Object { New-Object psobject -Property @{ StartPort = $_; NumberOfPorts = 20 } } | ${GET}`;

/** Replies of a program that greets as it should and then answers a call with this token. */
function replies(token: string, isPiped: boolean): string[] {
  const own = { definition: MODULE, version: bench.definition.version, backend: 'native', library: null };
  const greeting = JSON.stringify({ ...own, node: '20', nodePath: '/n', pid: 1 });
  const result = isPiped ? `{"columns":{"Token":[${token}]},"errors":[]}` : `{"Token":${token}}`;
  return [greeting, result].map((one) => `{"jsonrpc":"2.0","id":$ID,"result":${one}}`);
}

describe.each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  async function start(options: ModuleOptions): Promise<void> {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(bench.importLine(options))).toMatchObject({ output: [], errors: [], warnings: [] });
  }

  describe.skipIf(process.platform === 'win32')('a token', () => {
    const answer = async (token: string, call: string, rest = '') => {
      fakes += 1;
      await start({ NodePath: bench.fakeNode(`fake-${fakes}`, replies(token, call === PIPED)) });
      return run(call + rest);
    };

    test.each([
      '"-1"',
      '-1',
      '"18446744073709551616"',
      '18446744073709551616',
      '"99999999999999999999999999"',
      '"1.5"',
      '1.5',
      '1e30',
      '"0x10"',
      '" 5"',
      '"+5"',
      '""',
      'null',
      'true',
      '[]',
      '{}',
    ])('of %s is no token, singly and in a pipeline', async (token) => {
      for (const script of [SINGLY, PIPED]) {
        const { output, errors } = await answer(token, script);
        expect(output).toEqual([]);
        expect(errors.map((error) => error.fullyQualifiedErrorId)).toEqual([`BridgeProtocolError,${GET}`]);
      }
    });

    test.each(['0', '9007199254740993', '18446744073709551615'])('of %s is one', async (token) => {
      for (const script of [SINGLY, PIPED]) {
        const { output, errors } = await answer(`"${token}"`, script, ' | ForEach-Object { $_.Token }');
        expect({ output: output.map(toPlain), errors }).toEqual({ output: [token], errors: [] });
      }
    });
  });

  describe('properties', () => {
    let line = '';

    beforeAll(async () => {
      const state = path.join(bench.directory, `order-${language}.json`);
      line = bench.importLine({ NodePath: bench.node, Backend: 'Simulated', StatePath: state });
      if (language === 'constrained') await openConstrained(bench);
      await run(line);
      await run('$null = New-PersistentUdpPortReservation 6700 5; $null = New-PersistentUdpPortReservation 6800 5');
    });

    const RESERVATION = ['Protocol', 'StartPort', 'NumberOfPorts', 'EndPort', 'Token'];
    const RANGE = ['Protocol', 'AddressFamily', 'StartPort', 'EndPort', 'NumberOfPorts'];

    test.each([
      ['Get-PersistentUdpPortReservation', RESERVATION],
      [`${GET} 6700 5`, RESERVATION],
      [`Get-PersistentUdpPortReservation | ${GET}`, RESERVATION],
      ['Get-ExcludedPortRange', [...RANGE, 'Administered']],
      ['Get-DynamicPortRange', [...RANGE, 'PortsInUse', 'FreeBlocksOf64']],
    ])('of %s are those of the definition, in its order', async (script, wanted) => {
      const { output, errors } = await run(`${script} | ConvertTo-Csv -NoTypeInformation | Select-Object -First 1`);
      const header = wanted.map((name) => `"${name}"`).join(',');
      expect({ output: output.map(toPlain), errors }).toEqual({ output: [header], errors: [] });
    });
  });

  test.each<[string, ModuleOptions]>([
    ['a key that is none', { Bakend: 'Simulated' }],
    ['a backend that is none', { Backend: 'Simulation' }],
    ['a relative path', { LibraryPath: 'lib.so' }],
    ['a timeout that is none', { TimeoutSeconds: 'soon' }],
    ['options that do not go together', { StatePath: '/state.json' }],
  ])('%s in the options has the id InvalidParameter', async (_name, options) => {
    if (language === 'constrained') await openConstrained(bench);
    await run(`Remove-Module ${MODULE} -ErrorAction Ignore`);
    const { errors, output } = await run(bench.importLine(options));
    expect(output).toEqual([]);
    // In a session that asks for it, PowerShell adds that there is no module.
    expect(errors[0]?.fullyQualifiedErrorId.split(',')[0]).toBe('InvalidParameter');
    expect(errors[0]).toMatchObject({
      category: 'InvalidArgument',
      recommendedAction: expect.stringMatching(/^[A-Z]/),
    });
  });

  test('text that is no table of options has it too', async () => {
    if (language === 'constrained') await openConstrained(bench);
    const { errors } = await run(`Import-Module ${quoted(bench.manifest)} -Force -ArgumentList 'Simulated'`);
    expect(errors[0]?.fullyQualifiedErrorId.split(',')[0]).toBe('InvalidParameter');
  });
});
