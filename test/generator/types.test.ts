import { expect, it } from 'vitest';
import type { TypeExpression } from '../../src/definition/types.js';
import { builtInNames, dotnetType, powershellType, resolveShape } from '../../src/kinds/index.js';

it.each<[TypeExpression, string, string]>([
  ['CHAR', 'sbyte', 'System.SByte'],
  ['BYTE', 'byte', 'System.Byte'],
  ['SHORT', 'int16', 'System.Int16'],
  ['USHORT', 'uint16', 'System.UInt16'],
  ['LONG', 'int', 'System.Int32'],
  ['ULONG', 'uint32', 'System.UInt32'],
  ['LONG64', 'int64', 'System.Int64'],
  ['ULONG64', 'uint64', 'System.UInt64'],
  ['SIZE_T', 'uint64', 'System.UInt64'],
  ['HANDLE', 'int64', 'System.Int64'],
  ['BOOL', 'bool', 'System.Boolean'],
  ['FLOAT', 'single', 'System.Single'],
  ['DOUBLE', 'double', 'System.Double'],
  ['LPCWSTR', 'string', 'System.String'],
  [{ enum: { A: 1 }, base: 'ULONG' }, 'string', 'System.String'],
  [{ struct: [{ name: 'A', type: 'BYTE' }] }, 'psobject', 'System.Management.Automation.PSObject'],
  [{ array: { array: 'USHORT', length: 2 }, length: 2 }, 'uint16[][]', 'System.UInt16[][]'],
])('%j is a %s, a %s', (type, name, full) => {
  expect(powershellType(resolveShape({ type }, {}))).toBe(name);
  expect(dotnetType(name)).toBe(full);
});

it('every built-in type has a .NET name, and no other name has one', () => {
  for (const type of builtInNames()) {
    expect(dotnetType(powershellType(resolveShape({ type }, {})))).toMatch(/^System\./);
  }
  expect(() => dotnetType('nothing')).toThrow(/no \.NET name is known/);
});
