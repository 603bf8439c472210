import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BindProbe, ExcludedRange, PortUse } from '../../../../src/extensions/port-reservation/ports/types.js';
import {
  judgePorts,
  type PortVerdict,
  summarizeVerdicts,
} from '../../../../src/extensions/port-reservation/verdict/verdict.js';

const windows = { platform: 'win32' } as const;
const excluded: ExcludedRange = {
  protocol: 'Tcp',
  addressFamily: 'IPv4',
  startPort: 50_003,
  endPort: 50_006,
  administered: false,
};

describe('runs of verdicts', () => {
  test('neighbours with the same evidence become one run, in words for many', () => {
    const verdicts = judge([50_000, 50_009], (port) => (port >= 50_003 && port <= 50_006 ? 'EACCES' : null), {
      exclusions: [excluded],
    });
    const runs = summarizeVerdicts(verdicts, windows);
    expect(runs.map(({ startPort, endPort, verdict }) => [startPort, endPort, verdict])).toEqual([
      [50_000, 50_002, 'Free'],
      [50_003, 50_006, 'Excluded'],
      [50_007, 50_009, 'Free'],
    ]);
    expect(runs[0]).toEqual({
      protocol: 'Tcp',
      startPort: 50_000,
      endPort: 50_002,
      numberOfPorts: 3,
      verdict: 'Free',
      bindError: null,
      range: null,
      holder: null,
      processes: [],
      explanation: 'TCP ports 50000-50002 are free: binds succeeded.',
      nextStep: 'You have nothing to do. A program can bind them.',
    });
    expect(runs[1]?.explanation).toMatch(/^TCP ports 50003-50006 lie in the excluded range 50003-50006/);
  });

  test('one port keeps its own words', () => {
    const verdicts = judge([80, 80], () => 'EADDRINUSE', {});
    expect(summarizeVerdicts(verdicts, windows)[0]).toMatchObject({
      explanation: verdicts[0]?.explanation,
      nextStep: verdicts[0]?.nextStep,
    });
  });

  test('other evidence, a gap or another protocol ends a run', () => {
    const held = (port: number, processId: number): PortUse => ({
      protocol: 'Tcp',
      addressFamily: 'IPv4',
      address: '::',
      port,
      state: 'Listen',
      processId,
      processName: 'a',
    });
    const verdicts = [
      ...judge([10, 13], () => 'EADDRINUSE', { uses: [held(10, 7), held(11, 7), held(12, 8)] }),
      ...judge([15, 15], () => 'EADDRINUSE', {}),
      ...judge([16, 16], () => 'EACCES', {}),
      ...judge([17, 17], () => '10048', {}, 'Udp'),
    ];
    const runs = summarizeVerdicts(verdicts.toReversed(), windows);
    expect(runs.map(({ protocol, startPort, endPort }) => [protocol, startPort, endPort])).toEqual([
      ['Tcp', 10, 11],
      ['Tcp', 12, 12],
      ['Tcp', 13, 13],
      ['Tcp', 15, 15],
      ['Tcp', 16, 16],
      ['Udp', 17, 17],
    ]);
  });

  test('privileged ports and port 0 are told apart from their neighbours', () => {
    const verdicts = judgePorts({
      protocol: 'Udp',
      probes: [1022, 1023, 1024].map((port) => ({ port, outcome: 'failed', code: 'EACCES' })),
      exclusions: [],
      uses: [],
      platform: 'linux',
    });
    const runs = summarizeVerdicts(verdicts, { platform: 'linux' });
    expect(runs.map(({ startPort, endPort }) => [startPort, endPort])).toEqual([
      [1022, 1023],
      [1024, 1024],
    ]);
    expect(runs[0]?.explanation).toMatch(/^UDP ports 1022-1023 need privileges/);
    expect(
      summarizeVerdicts(
        judge([0, 2], () => 'EINVAL', {}),
        windows,
      ),
    ).toHaveLength(2);
  });

  test('nothing in, nothing out', () => {
    expect(summarizeVerdicts([])).toEqual([]);
  });

  test('property: the runs cover every port once, in order, and are maximal', () => {
    const codes = fc.array(fc.constantFrom(null, 'EACCES', 'EADDRINUSE', 'EMFILE'), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(codes, (answers) => {
        const verdicts = judge([50_000, 50_000 + answers.length - 1], (port) => answers[port - 50_000] ?? null, {
          exclusions: [excluded],
        });
        const runs = summarizeVerdicts(verdicts, windows);
        const covered = runs.flatMap(({ startPort, numberOfPorts, verdict }) =>
          Array.from({ length: numberOfPorts }, (_, index) => [startPort + index, verdict]),
        );
        expect(covered).toEqual(verdicts.map(({ port, verdict }) => [port, verdict]));
        for (const [index, run] of runs.entries()) {
          const next = runs[index + 1];
          const text = (one: object | undefined) => JSON.stringify(one);
          if (next !== undefined) {
            expect(text([run.verdict, run.bindError, run.range])).not.toBe(
              text([next.verdict, next.bindError, next.range]),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

function judge(
  [first, last]: readonly [number, number],
  answer: (port: number) => string | null,
  { exclusions = [], uses = [] }: { exclusions?: readonly ExcludedRange[]; uses?: readonly PortUse[] },
  protocol: 'Tcp' | 'Udp' = 'Tcp',
): PortVerdict[] {
  const probes = Array.from({ length: last - first + 1 }, (_, index): BindProbe => {
    const port = first + index;
    const code = answer(port);
    return code === null ? { port, outcome: 'bound' } : { port, outcome: 'failed', code };
  });
  return judgePorts({ protocol, probes, exclusions, uses, ...windows });
}
