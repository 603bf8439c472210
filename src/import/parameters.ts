/** Names of parameters. */
import { nameProblems } from '../definition/checks/parameter-names.js';

/** Returns names for the parameters: letters and digits, unique, and not used by PowerShell itself. */
export function parameterNames(parameters: readonly { readonly Name: string }[]): string[] {
  const taken = new Set<string>();
  return parameters.map(({ Name }, index) => {
    const plain = Name.replace(/[^A-Za-z0-9]/g, '').replace(/^[0-9]+/, '') || `Parameter${index + 1}`;
    let name = plain.slice(0, 70);
    if (nameProblems(name).length > 0) name = `${name}Value`;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${plain.slice(0, 70)}${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
