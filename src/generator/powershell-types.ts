/** Which PowerShell type carries a value of a C type. */
import type { Shape } from '../definition/ctypes.js';

/**
 * The type as PowerShell writes it, without brackets: `uint16`, `uint64`, `bool`, `string`.
 * Every name exists in Windows PowerShell 5.1 (System.<Name>) as in PowerShell 7. Handles and pointer-sized
 * integers are 64-bit integers: they travel as numbers, never as pointers into the bridge's memory.
 */
export function powershellType(shape: Shape): string {
  switch (shape.kind) {
    case 'integer':
      if (shape.bits === 8) return shape.signed ? 'sbyte' : 'byte';
      if (shape.bits === 32 && shape.signed) return 'int';
      return `${shape.signed ? '' : 'u'}int${shape.bits === 0 ? 64 : shape.bits}`;
    case 'boolean':
      return 'bool';
    case 'float':
      return shape.bits === 32 ? 'single' : 'double';
    case 'handle':
      return 'uint64';
    case 'string':
      return 'string';
    case 'enum':
      return 'string';
    case 'struct':
      return 'psobject';
    case 'array':
      return `${powershellType(shape.element)}[]`;
  }
}

/** The .NET name of such a type: `System.UInt16`. */
export function dotnetType(powershellName: string): string {
  if (powershellName.endsWith('[]')) return `${dotnetType(powershellName.slice(0, -2))}[]`;
  const name = DOTNET_NAMES[powershellName];
  if (name === undefined) throw new Error(`no .NET name is known for the PowerShell type '${powershellName}'`);
  return name;
}

const DOTNET_NAMES: Readonly<Record<string, string>> = {
  byte: 'System.Byte',
  sbyte: 'System.SByte',
  int16: 'System.Int16',
  uint16: 'System.UInt16',
  int: 'System.Int32',
  uint32: 'System.UInt32',
  int64: 'System.Int64',
  uint64: 'System.UInt64',
  bool: 'System.Boolean',
  single: 'System.Single',
  double: 'System.Double',
  string: 'System.String',
  psobject: 'System.Management.Automation.PSObject',
  switch: 'System.Management.Automation.SwitchParameter',
};
