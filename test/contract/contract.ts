/** Registers the contract of src/verification as tests of one backend. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, it } from 'vitest';
import type { Backend } from '../../src/definition/execution.js';
import type { Definition } from '../../src/definition/types.js';
import { type Block, type Caller, callPool, type Pool } from '../../src/extensions/port-reservation/functions.js';
import { contractCases } from '../../src/extensions/port-reservation/verification/contract/cases.js';
import type { ContractSubject } from './subjects.js';

/** Each test leaves the machine as it was: every block it created is deleted again. */
export function registerContract(subject: ContractSubject, definition: Definition): void {
  const cases = contractCases(definition, subject.capabilities);

  describe(subject.name, () => {
    const root = mkdtempSync(path.join(tmpdir(), 'dllet-contract-'));
    afterAll(() => rmSync(root, { recursive: true, force: true }));
    let directory: string;
    let backend: Backend;
    let created: { readonly pool: Pool; readonly block: Block }[];

    beforeEach(() => {
      directory = mkdtempSync(path.join(root, 'run-'));
      backend = subject.create(directory);
      created = [];
    });
    afterEach(async () => {
      for (const { pool, block } of created) await callPool(backend, pool, 'delete', block);
    });

    const call: Caller = async (pool, operation, block) => {
      const answer = await callPool(backend, pool, operation, block);
      if (operation === 'create' && answer.code === 0) created.push({ pool, block });
      return answer;
    };
    const bench = {
      call,
      unelevated: () => callerOf(subject.create(mkdtempSync(path.join(root, 'unelevated-')), { unelevated: true })),
      other: () => {
        const other = subject.share?.(directory);
        if (!other) throw new Error(`${subject.name} promises to share`);
        return callerOf(other);
      },
    };

    for (const one of cases) {
      it.skipIf(one.leftOut !== undefined)([...one.path, one.name].join(' > '), () => one.run(bench));
    }
  });
}

function callerOf(backend: Backend): Caller {
  return (pool, operation, block) => callPool(backend, pool, operation, block);
}
