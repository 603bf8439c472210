/** Two hundred imports of the module in one session leave nothing behind. */
import { expect, test } from 'vitest';
import { expectNoMore, heldBy } from '../support/held.js';
import { isAlive, useModule } from '../support/powershell-module.js';

const bench = useModule();

test.skipIf(process.platform !== 'linux')('200 imports, every fifth with a call', { timeout: 300_000 }, async () => {
  const library = await bench.importStandIn('library', { state: 'udp 5000 20 77\n' });
  const line = bench.importLine({ NodePath: bench.node, LibraryPath: library });
  const round = (times: number) => `
    foreach ($n in 1..${times}) {
      ${line}
      if ($n % 5 -eq 0 -and (Get-PersistentUdpPortReservationToken 5000 20).Token -ne 77) { 'wrong' }
    }
    Remove-Module PersistentPortReservation`;
  expect(await bench.output(round(5))).toEqual([]);
  const before = await heldBy(bench);
  for (let part = 0; part < 4; part++) expect(await bench.output(round(50))).toEqual([]);
  expectNoMore(before, await heldBy(bench));
  expect(bench.starts().filter(isAlive)).toEqual([]);
});
