/** A block that is to be removed as a reservation, and is none. */
import { beforeAll, describe, expect, it } from 'vitest';
import { reviewRemoval } from '../../../../src/extensions/port-reservation/ports/removal-review.js';
import { type SimulatedComputer, simulatedComputer } from './simulated-computer.js';
import { closeAtEnd } from './use-support.js';

closeAtEnd();

let computer: SimulatedComputer;

beforeAll(async () => {
  computer = await simulatedComputer();
  await computer.exclude('Udp', 50_000, 60, true);
  await computer.exclude('Udp', 60_000, 100, false);
  await computer.exclude('Udp', 61_000, 1, true);
  await computer.reserve('Udp', 5000, 20);
});

describe('the review of a removal', () => {
  it.each([
    [5000, 20, undefined],
    [7000, 20, undefined],
    [
      5001,
      2,
      /^UDP ports 5001-5002 are only part of a reservation\. To remove the whole reservation, run Remove-PersistentUdpPortReservation 5000 20\.$/,
    ],
    [
      50_000,
      60,
      /^UDP ports 50000-50059 are an administered exclusion, not a persistent .* run Remove-ExcludedPortRange -Protocol Udp -StartPort 50000 -NumberOfPorts 60\.$/,
    ],
    [50_001, 1, /^UDP port 50001 lies in the administered exclusion of ports 50000-50059, not .* -NumberOfPorts 60/],
    [61_000, 1, /^UDP port 61000 is an administered exclusion, not .* -StartPort 61000 -NumberOfPorts 1\.$/],
    [60_000, 100, /^UDP ports 60000-60099 are an exclusion, not .* Test-PortBinding -Port 60000 -Protocol Udp\.$/],
  ])('of %i and %i ports', async (startPort, numberOfPorts, wanted) => {
    const found = await reviewRemoval(computer.context, { protocol: 'Udp', startPort, numberOfPorts });
    expect(found).toEqual(wanted === undefined ? [] : [expect.stringMatching(wanted)]);
  });
});
