/**
 * The documented behaviour of the persistent port reservation functions, as cases for any backend and any runner. The
 * tests of this repository run them with the simulation and the stand-ins, a verification with the real DLL.
 *
 * Source: learn.microsoft.com, iphlpapi.h, the pages of the six functions. Undocumented behaviour is not checked: the
 * token after a failure, which of several reasons for a failure is reported, whether tokens differ.
 */
import type { Definition } from '../../../../definition/types.js';
import { OPERATIONS, type Pool, poolsOf } from '../../functions.js';
import { changingCases } from './changing-cases.js';
import { blocksIn, expectAnswer, INVALID_PARAMETER, NOT_FOUND } from './expect.js';
import type { ContractBench, ContractCapabilities, ContractCase } from './types.js';
import { unelevatedCase } from './unelevated-case.js';

/**
 * Every case of every pool. Each leaves the machine unchanged if everything that its callers created is deleted
 * afterwards.
 */
export function contractCases(definition: Definition, capabilities: ContractCapabilities): ContractCase[] {
  const pools = poolsOf(definition);
  return pools.flatMap((pool) => [
    ...refusals(pool, capabilities),
    ...changingCases(pool, pools, capabilities),
    unelevatedCase(pool, capabilities),
  ]);
}

const ZEROS = [
  { start: 0, count: 1 },
  { start: 0, count: 65_535 },
  { start: 5000, count: 0 },
  { start: 65_535, count: 0 },
  { start: 0, count: 0 },
];

/** The cases that need no rights, because the call must fail. */
function refusals(pool: Pool, { region }: ContractCapabilities): ContractCase[] {
  const at = blocksIn(region);
  const always = (name: string, run: (bench: ContractBench) => Promise<void>): ContractCase => ({
    path: [pool.name],
    name,
    leftOut: undefined,
    run,
  });
  return [
    ...OPERATIONS.flatMap((operation) =>
      ZEROS.map((block) =>
        always(`${operation} answers 87 for a zero: start ${block.start}, count ${block.count}`, ({ call }) =>
          expectAnswer(call, pool, operation, block, INVALID_PARAMETER),
        ),
      ),
    ),
    ...(['delete', 'lookup'] as const).flatMap((operation) => [
      always(`${operation} answers 1168 for a block that is not reserved`, ({ call }) =>
        expectAnswer(call, pool, operation, at(0, 20), NOT_FOUND),
      ),
      always(`${operation} answers 1168 for a block past port 65535`, ({ call }) =>
        expectAnswer(call, pool, operation, { start: 65_535, count: 2 }, NOT_FOUND),
      ),
    ]),
  ];
}
