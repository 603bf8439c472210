/** The .NET names of PowerShell's type accelerators. */

/** Returns the .NET name of a PowerShell type without brackets, such as `System.UInt16`. */
export function dotnetType(powershellName: string): string {
  if (powershellName.endsWith('[]')) return `${dotnetType(powershellName.slice(0, -2))}[]`;
  const name = DOTNET_NAMES[powershellName];
  if (name === undefined) throw new Error(`no .NET name is known for the PowerShell type '${powershellName}'`);
  return name;
}

/** True for a PowerShell type without brackets that has no null: a number, a Boolean value, a time or a GUID. */
export const isValueType = (powershellName: string): boolean =>
  !/\[\]$|^(string|ipaddress|psobject|object|switch)$/.test(powershellName);

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
  guid: 'System.Guid',
  datetime: 'System.DateTime',
  ipaddress: 'System.Net.IPAddress',
  psobject: 'System.Management.Automation.PSObject',
  object: 'System.Object',
  switch: 'System.Management.Automation.SwitchParameter',
};
