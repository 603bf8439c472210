/** Functions bound from a table, with the C library of this process. */
import { describe, expect, it } from 'vitest';
import { bindTable, mustSucceed, ownLibrary, type PrototypeTable } from '../../src/native/prototype.js';
import { nativeSystem } from '../../src/native/system.js';
import { WINDOWS } from '../../src/system/prototypes.js';

const C = {
  labs: ['c', 'cdecl LONG (LONG)', 'none', 'abs(3)'],
  close: ['c', 'cdecl INT (INT)', 'minusOne', 'close(2)'],
  absent_function: ['c', 'cdecl INT ()', 'none', ''],
} as const satisfies PrototypeTable;

const system = { ...nativeSystem('linux'), describeWin32: (code: number) => `text ${code}` };

describe.skipIf(process.platform === 'win32')('a table of prototypes', () => {
  it('opens a library when a function of it is first used, and once', () => {
    const opened: string[] = [];
    const calls = bindTable(C, (library) => {
      opened.push(library);
      return ownLibrary();
    });
    expect(opened).toEqual([]);
    expect([calls.labs(-5), calls.labs(7), calls.close(-1)]).toEqual([5, 7, -1]);
    expect(opened).toEqual(['c']);
    expect(calls.labs).toBe(calls.labs);
  });

  it('fails for a function that is not there when that is used, and for no other', () => {
    const calls = bindTable(C, ownLibrary);
    expect(() => calls.absent_function()).toThrow(/absent_function/);
    expect(calls.labs(-1)).toBe(1);
  });

  it('throws by the rule of the function, with its name and the text of the system', () => {
    const must = mustSucceed(C, bindTable(C, ownLibrary), system);
    expect(must.labs(-5)).toBe(5);
    expect(() => must.close(-1)).toThrow('close failed: text 9 (error 9)');
  });

  it.each([
    ['zero', 0],
    ['zero', 0n],
    ['minusOne', -1],
    ['code', 5],
  ] as const)('takes %s with the result %s for a failure', (failure, result) => {
    const table = { f: ['c', 'INT ()', failure, ''] } as const;
    const must = mustSucceed(
      table,
      { f: () => result as number },
      { lastError: () => 5, describeWin32: () => undefined },
    );
    expect(() => must.f()).toThrow('f failed: the system has no text (error 5)');
  });
});

it('every function of Windows is in one of its own libraries, and says where it is documented', () => {
  for (const [name, [library, , , source]] of Object.entries(WINDOWS)) {
    expect(['kernel32.dll', 'advapi32.dll', 'ucrtbase.dll'], name).toContain(library);
    expect(source, name).toMatch(/^[a-z0-9/-]+$/);
  }
});
