/** TCP states by the names of Get-NetTCPConnection. */
import { expect, it } from 'vitest';
import { windowsTcpState } from '../../../../src/extensions/port-reservation/ports/use-windows.js';

it('names every state of MIB_TCP_STATE', () => {
  expect(Array.from({ length: 12 }, (_, index) => windowsTcpState(index + 1))).toEqual([
    'Closed',
    'Listen',
    'SynSent',
    'SynReceived',
    'Established',
    'FinWait1',
    'FinWait2',
    'CloseWait',
    'Closing',
    'LastAck',
    'TimeWait',
    'DeleteTCB',
  ]);
  expect([windowsTcpState(100), windowsTcpState(0), windowsTcpState(13)]).toEqual(['Bound', 'Unknown', 'Unknown']);
});
