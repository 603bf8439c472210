/** Comparing facts: each function makes one comparison of what is with what should be. */

export interface Comparison {
  /** What was looked at: `Get-Thing -Port: Mandatory`. */
  readonly name: string;
  readonly ok: boolean;
  readonly expected?: string;
  readonly actual?: string;
  /** One sentence for the user. */
  readonly detail: string;
}

/** The two texts are the same. */
export function same(name: string, expected: string, actual: string | undefined): Comparison {
  const ok = expected === actual;
  const found = actual ?? 'nothing';
  const detail = ok ? `${name} is '${expected}'.` : `${name} should be '${expected}', but is '${found}'.`;
  return { name, ok, expected, actual: found, detail };
}

/** The two lists hold the same names, in whatever order. */
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

/** There is nothing in the list of complaints. */
export function none(name: string, complaints: readonly string[]): Comparison {
  const ok = complaints.length === 0;
  return { name, ok, detail: ok ? `${name}: none.` : `${name}: ${complaints.join('; ')}` };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : [...names].sort().join(', ');
}
