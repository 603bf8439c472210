/** Blocks through pipelines: found, reserved, looked up, removed; and creation that does not mind what exists. */
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();

beforeAll(async () => {
  await bench.importSimulation('blocks');
  // The warning that this is a simulation comes once.
  await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
});

const find = (count: number) => `(Find-FreePortBlock ${count} -Minimum 20000 -Maximum 32000)[0]`;

describe.each(['Udp', 'Tcp'])('%s', (protocol) => {
  const create = `New-Persistent${protocol}PortReservation`;
  const get = `Get-Persistent${protocol}PortReservationToken`;
  const remove = `Remove-Persistent${protocol}PortReservation`;
  const exists = `Test-Persistent${protocol}PortReservation`;

  test('a free block pipes into New-, what New- gives into Get- and Remove-, and then it is free again', async () => {
    const script = `
      $block = ${find(20)}
      $made = $block | ${create}
      $same = $made | ${get}
      ($made.StartPort -eq $block.StartPort), ($made.EndPort -eq $block.EndPort), ($same.Token -eq $made.Token)
      $listed = @(Get-ExcludedPortRange ${protocol} IPv4)
      $listed.Count, ($listed[0].StartPort -eq $made.StartPort), $listed[0].Administered
      (Test-PortBinding $made.StartPort ${protocol}).Verdict
      (${find(20)}.StartPort -ne $block.StartPort)
      $made | ${get} | ${remove} -Confirm:$false
      $made | ${exists}
      (${find(20)}.StartPort -eq $block.StartPort)`;
    expect(await bench.output(script)).toEqual([
      ...['True', 'True', 'True'],
      ...['1', 'True', 'False'],
      'Reserved',
      'True',
      'False',
      'True',
    ]);
  });

  test('a block that exists is an error that says so; with -PassThruExisting it is returned', async () => {
    await bench.run(`$first = ${create} 5000 20`);
    const { output, errors } = await bench.run(`
      ${create} 5000 20
      $again = ${create} 5000 20 -PassThruExisting
      $again.Token -eq $first.Token; $again.PSObject.TypeNames[0]; $again.EndPort; $again.Token.GetType().Name`);
    expect(output.map(toPlain)).toEqual(['True', 'Dllet.PersistentPortReservation', '5019', 'UInt64']);
    expect(errors).toMatchObject([
      {
        fullyQualifiedErrorId: `PortRangeInUse,${create}`,
        category: 'ResourceExists',
        message: `${protocol.toUpperCase()} ports 5000-5019 are already reserved as this exact block.`,
        recommendedAction: expect.stringContaining('-PassThruExisting'),
        targetObject: { value: { properties: { StartPort: { value: '5000' } } } },
      },
    ]);
  });

  test.each(['5010 20', '4990 20', '5000 19', '5001 19', '5000 21'])(
    '%s overlaps it: another use of the ports, also with -PassThruExisting',
    async (block) => {
      for (const more of ['', '-PassThruExisting']) {
        const error = await bench.failure(`${create} ${block} ${more}`);
        expect(error).toMatchObject({ fullyQualifiedErrorId: `PortRangeInUse,${create}` });
        expect(error.message).toMatch(
          /at least one of them is in use, or belongs to another reservation or exclusion\.$/,
        );
        expect(error.recommendedAction).toContain('Test-PortBinding');
        expect(`${error.message} ${error.exceptionMessage}`).not.toMatch(/file|another process/i);
      }
    },
  );

  test('many at once: new ones are made, existing ones returned, the rest are errors', async () => {
    const { output, errors } = await bench.run(`
      @([pscustomobject]@{ StartPort = 6000; NumberOfPorts = 5 }, [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 },
        [pscustomobject]@{ StartPort = 5019; NumberOfPorts = 5 }) | ${create} -PassThruExisting | ForEach-Object { $_.StartPort }`);
    expect(output.map(toPlain)).toEqual(['6000', '5000']);
    expect(errors.map(({ fullyQualifiedErrorId }) => fullyQualifiedErrorId)).toEqual([`PortRangeInUse,${create}`]);
  });

  test('what is there pipes into Remove-', async () => {
    const script = `
      @([pscustomobject]@{ StartPort = 6000; NumberOfPorts = 5 }, [pscustomobject]@{ StartPort = 5000; NumberOfPorts = 20 }) |
        ${get} | ${remove} -Force
      @(Get-ExcludedPortRange ${protocol}).Count`;
    expect(await bench.output(script)).toEqual(['0']);
  });

  test('-PassThruExisting on nothing makes it, and -WhatIf makes nothing', async () => {
    const script = `
      ${create} 7000 1 -PassThruExisting -WhatIf
      ${exists} 7000 1
      (${create} 7000 1 -PassThruExisting).NumberOfPorts
      ${exists} 7000 1
      ${remove} 7000 1 -Force`;
    const { output, errors } = await bench.run(script);
    expect(errors).toEqual([]);
    expect(output.map(toPlain)).toEqual(['False', '1', 'True']);
  });

  test('elevation is asked for by the error, whatever exists', async () => {
    await bench.importSimulation('blocks', { SimulateUnelevated: true });
    await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
    const error = await bench.failure(`${create} 8000 5 -PassThruExisting`);
    expect(error).toMatchObject({ fullyQualifiedErrorId: `AccessDenied,${create}`, category: 'PermissionDenied' });
    await bench.importSimulation('blocks');
    await bench.run('$null = Test-PersistentUdpPortReservation 1 1');
  });
});
