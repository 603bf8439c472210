/**
 * The calling convention, which only matters in 32-bit programs. None can run here, because Wine's 32-bit half is not
 * among the packages of a 64-bit Debian. Therefore the declarations are compared with the compiler's header.
 *
 * Source: mingw-w64 10.0.0, iphlpapi.h; the import library for i686 decorates the names with @12 and @8.
 */
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { resolveFunction } from '../../src/model/model.js';
import { planBinding } from '../../src/native/binding.js';

const definition = await loadDefinition('PersistentPortReservation');

describe.each(Object.values(definition.functions).map((fn) => [fn.name, fn] as const))('%s', (name, fn) => {
  const plan = planBinding(resolveFunction(fn, definition));

  it('is called as __stdcall', () => {
    expect(plan.convention).toBe('__stdcall');
  });

  it('takes as many bytes of a 32-bit stack as its decorated name says', () => {
    // Each argument takes whole words of 4 bytes; a pointer takes one.
    const words = plan.parameters.map(({ type }) => (type.primitive === 'Pointer' ? 1 : Math.ceil(type.size / 4)));
    const bytes = 4 * words.reduce((sum, count) => sum + count, 0);
    expect(`${name}@${bytes}`).toBe(`${name}@${name.startsWith('Delete') ? 8 : 12}`);
  });
});
