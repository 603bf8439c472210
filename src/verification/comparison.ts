/** Compares facts. Each function makes one comparison of an actual and an expected value. */

export interface Comparison {
  /** The subject: `Get-Thing -Port: Mandatory`. */
  readonly name: string;
  readonly ok: boolean;
  readonly expected?: string;
  readonly actual?: string;
  /** One sentence for the user. */
  readonly detail: string;
}

/** Expects two equal texts. */
export function same(name: string, expected: string, actual: string | undefined): Comparison {
  const ok = expected === actual;
  const found = actual ?? 'nothing';
  const detail = ok ? `${name} is '${expected}'.` : `${name} should be '${expected}', but is '${found}'.`;
  return { name, ok, expected, actual: found, detail };
}

/** Expects two lists with the same names, in any order. */
export function sameNames(name: string, expected: readonly string[], actual: readonly string[]): Comparison {
  const missing = expected.filter((one) => !actual.includes(one));
  const extra = actual.filter((one) => !expected.includes(one));
  const faults = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(extra.length > 0 ? [`not in the definition: ${extra.join(', ')}`] : []),
  ];
  const ok = faults.length === 0;
  return {
    name,
    ok,
    expected: listed(expected),
    actual: listed(actual),
    detail: ok ? `${name}: ${listed(expected)}.` : `${name}: ${faults.join('; ')}.`,
  };
}

/** Expects an empty list of complaints. */
export function none(name: string, complaints: readonly string[]): Comparison {
  const ok = complaints.length === 0;
  return { name, ok, detail: ok ? `${name}: none.` : `${name}: ${complaints.join('; ')}` };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}
