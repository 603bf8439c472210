/**
 * An object of another word of the variant is an error, not a thing of the same numbers: for every cmdlet of a variant, of this module and
 * of one with other words, by pipeline and by -InputObject.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { excludeInSimulation } from '../../src/extensions/port-reservation/simulation/manage.js';
import { toPlain } from '../../src/powershell/result.js';
import { compileLibrary } from '../standin/build.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { propertiesOf, recordOf, useModule } from '../support/powershell-module.js';
import { addSimpleModule } from '../support/simple-module.js';

const VERBS = [
  'Get-PersistentPROTOCOLPortReservationToken',
  'Test-PersistentPROTOCOLPortReservation',
  'New-PersistentPROTOCOLPortReservation',
  'Remove-PersistentPROTOCOLPortReservation -Force',
  'New-ReservedPROTOCOLSocket',
];

const KINDS = ['Red', 'Blue'] as const;

const COLOURS = `
#include "standin.h"
static uint32_t calls;
EXPORT uint32_t CallCount(void); uint32_t CallCount(void) { return calls; }
${KINDS.map((kind) => `EXPORT uint32_t Use${kind}(uint32_t number); uint32_t Use${kind}(uint32_t number) { calls++; return number; }`).join('\n')}`;

const bench = useModule();
let colours = '';

beforeAll(async () => {
  const use = { name: 'Use{Kind}', parameters: { Number: 'ULONG' }, returns: 'ULONG' };
  const functions = [
    { name: 'CallCount', cmdlet: 'Get-CallCount', parameters: {}, returns: 'ULONG' },
    { ...use, cmdlet: 'Get-{Kind}Number' },
  ];
  const library = compileLibrary(bench.directory, 'colours', COLOURS);
  colours = await addSimpleModule(bench, { name: 'Colours', kinds: KINDS, functions }, library);
});

describe.each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  async function start(line: string): Promise<void> {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(line)).toMatchObject({ output: [], errors: [], warnings: [] });
  }

  test('this module: nothing reaches the library', async () => {
    const state = 'udp 6700 5 77\ntcp 6700 5 78\n';
    const library = await bench.importStandIn(`library-${language}`, { state, record: true });
    await start(bench.importLine({ NodePath: bench.node, LibraryPath: library }));
    for (const [own, other] of [
      ['Udp', 'Tcp'],
      ['Tcp', 'Udp'],
    ] as const) {
      const before = recordOf(library);
      const block = `$block = Get-Persistent${other}PortReservationToken 6700 5;`;
      for (const verb of VERBS) {
        const cmdlet = verb.replace('PROTOCOL', own);
        for (const call of [`$block | ${cmdlet}`, `${cmdlet} -InputObject $block`, `$block, $block | ${cmdlet}`]) {
          const { output, errors } = await run(`${block} ${call}`);
          const id = expect.stringMatching(/^(ParameterArgumentValidationError|InputObject|ParameterBinding)/);
          const all = errors.map((error) => error.fullyQualifiedErrorId);
          expect({ call, output, all }).toEqual({ call, output: [], all: all.map(() => id) });
          expect(all).toHaveLength(call.includes(',') ? 2 : 1);
        }
      }
      // Only the block itself was looked up, once for each of the calls.
      const looked = recordOf(library).slice(before.length);
      expect(looked).toHaveLength(3 * VERBS.length);
      expect(new Set(looked)).toEqual(new Set([`LookupPersistent${other}PortReservation ${0x2c1a} 5`]));
    }
  });

  test('exclusions of the one protocol are reserved in no other, and a port in use is tested in its own', async () => {
    const state = path.join(bench.directory, `state-${language}.json`);
    await start(bench.importLine({ NodePath: bench.node, Backend: 'Simulated', StatePath: state }));
    await run('$null = New-PersistentUdpPortReservation 6700 5');
    await excludeInSimulation(state, { pool: 'tcp', startPort: 50_000, numberOfPorts: 60, administered: true });
    const before = readFileSync(state, 'utf8');
    const { output, errors } = await run('Get-ExcludedPortRange -Protocol Tcp | New-PersistentUdpPortReservation');
    expect(output).toEqual([]);
    expect(errors.length).toBeGreaterThan(0);
    expect(readFileSync(state, 'utf8')).toBe(before);
    const tested = await run(
      'Get-ExcludedPortRange -Protocol Udp | ForEach-Object { New-Object psobject -Property @{ Port = $_.StartPort; Protocol = $_.Protocol } } | Test-PortBinding -Address 127.0.0.1',
    );
    expect(tested.errors).toEqual([]);
    expect(tested.output.map((one) => propertiesOf(one).Protocol?.value)).toEqual(['Udp']);
    const all = await run('Get-PortUse -Protocol Tcp | Test-PortBinding -Address 127.0.0.1');
    expect(all.errors).toEqual([]);
    expect(all.output.filter((one) => propertiesOf(one).Protocol?.value !== 'Tcp')).toEqual([]);
    const one = await run(
      "New-Object psobject -Property @{ Port = 0; Protocol = 'Tcp' } | Test-PortBinding -Address 127.0.0.1",
    );
    expect(one.output.map((row) => propertiesOf(row).Protocol?.value)).toEqual(['Tcp']);
  });

  test.each([
    ['Red', 'Blue'],
    ['Blue', 'Red'],
  ])('a module with other words: %s is not %s', async (own, other) => {
    await start(colours);
    const count = async () => Number(toPlain((await run('(Get-CallCount).Value')).output[0] as never));
    const calls = await count();
    for (const call of [`$it | Get-${own}Number`, `Get-${own}Number -InputObject $it`, `$it, $it | Get-${own}Number`]) {
      const { output, errors } = await run(`$it = Get-${other}Number 5; ${call}`);
      expect({ call, output, isTold: errors.length > 0 }).toEqual({ call, output: [], isTold: true });
    }
    expect(await count()).toBe(calls + 3);
    const { output, errors } = await run(`Get-${own}Number 5 | Get-${own}Number | ForEach-Object { $_.Kind }`);
    expect({ output: output.map(toPlain), errors }).toEqual({ output: [own], errors: [] });
  });
});
