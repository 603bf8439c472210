/** A machine with something of everything, for the tests of the port map and for looking at it. */
import type { PortMapModel } from '../../../../src/extensions/port-reservation/port-map/port-map.js';
import type { ExcludedRange, PortUse, Protocol } from '../../../../src/extensions/port-reservation/ports/types.js';

/** A process name that would be markup, if it could. */
export const HOSTILE_NAME = `</script><script>document.title='owned'</script><img src=x onerror="alert(1)">' & "\u{1F980} Größe`;

export function excluded(startPort: number, endPort: number, administered = false): ExcludedRange {
  return { protocol: 'Tcp', addressFamily: 'IPv4', startPort, endPort, administered };
}

export function used(port: number, more: Partial<PortUse> = {}): PortUse {
  return {
    protocol: 'Tcp',
    addressFamily: 'IPv4',
    address: '0.0.0.0',
    port,
    state: 'Listen',
    processId: 4711,
    processName: 'nginx',
    ...more,
  };
}

function dynamicRange(protocol: Protocol) {
  return { protocol, addressFamily: 'IPv4', startPort: 49_152, numberOfPorts: 16_384 } as const;
}

export const machine: PortMapModel = {
  title: 'Ports of BUILD-07',
  computerName: 'BUILD-07',
  generatedAt: '2025-06-30T12:00:00Z',
  protocols: [
    {
      protocol: 'Tcp',
      exclusions: [
        excluded(80, 80),
        { ...excluded(5357, 5357), addressFamily: 'IPv6' },
        excluded(5357, 5357),
        excluded(10_240, 12_287),
        ...[0, 1, 2, 3, 4, 5].map((index) => excluded(52_000 + index * 100, 52_099 + index * 100)),
        excluded(50_000, 50_059, true),
        excluded(30_720, 32_767, true),
      ],
      uses: [
        used(80, { processId: 4, processName: 'System' }),
        used(80, { processId: 4, processName: 'System', address: '::', addressFamily: 'IPv6' }),
        ...Array.from({ length: 2048 }, (_, index) => used(40_960 + index)),
        used(8080, { processName: HOSTILE_NAME }),
        used(50_010, { processId: 0, processName: null, state: 'TimeWait', address: '10.1.2.3' }),
        ...[135, 445, 3389, 5040, 7680, 49_664, 49_665, 49_666, 49_668].map((port) =>
          used(port, { processId: 900 + (port % 7), processName: 'svchost.exe' }),
        ),
        ...Array.from({ length: 60 }, (_, index) =>
          used(55_000 + ((index * 137) % 9000), {
            processId: 8124,
            processName: 'msedge.exe',
            state: 'Established',
            address: '192.168.178.23',
          }),
        ),
      ],
      reservations: [
        { startPort: 20_480, numberOfPorts: 2048 },
        { startPort: 5000, numberOfPorts: 20 },
      ],
      dynamicRanges: [dynamicRange('Tcp'), { ...dynamicRange('Tcp'), addressFamily: 'IPv6' }],
    },
    {
      protocol: 'Udp',
      exclusions: [{ ...excluded(50_000, 50_059, true), protocol: 'Udp' }],
      uses: [53, 123, 500, 1900, 5353, 5355].map((port) =>
        used(port, { protocol: 'Udp', state: null, processId: 1200 + port, processName: 'svchost.exe' }),
      ),
      reservations: [],
      dynamicRanges: [dynamicRange('Udp')],
    },
  ],
};
