/** Measures how much of a set of metadata can be imported, by namespace, with the reasons for the rest. */
import type { MetadataSource } from './metadata-source.js';
import { importWin32, type Refusal } from './win32.js';

export interface NamespaceCoverage {
  readonly namespace: string;
  readonly functions: number;
  readonly expressible: number;
  /** The functions that need COM. */
  readonly com: number;
}

export interface Coverage {
  readonly functions: number;
  readonly expressible: number;
  readonly com: number;
  readonly namespaces: readonly NamespaceCoverage[];
  /** Every other function, with the first reason for refusing it. The numbers of functions add up to `functions`. */
  readonly reasons: readonly { readonly reason: string; readonly functions: readonly string[] }[];
}

/** Imports every function separately. `onProgress` receives the number of functions done. */
export function coverageOf(source: MetadataSource, onProgress: (done: number, of: number) => void): Coverage {
  const reasons = new Map<string, string[]>();
  const places = source.apis.flatMap((api) =>
    [...new Set(source.documents.get(api)?.Functions.map(({ Name }) => Name))].map((name) => ({ api, name })),
  );
  const found = new Map<string, { functions: number; expressible: number; com: number }>();
  places.forEach((place, index) => {
    const counts = found.get(place.api) ?? { functions: 0, expressible: 0, com: 0 };
    found.set(place.api, counts);
    counts.functions += 1;
    const result = importWin32({ documents: source.documents, functions: [place] });
    const refusals = result.kind === 'refused' ? result.refusals : [];
    if (result.kind === 'definition') counts.expressible += 1;
    else {
      if (refusals.some(needsCom)) counts.com += 1;
      const reason = generalReason(refusals.find(needsCom) ?? refusals[0]);
      reasons.set(reason, [...(reasons.get(reason) ?? []), place.name]);
    }
    onProgress(index + 1, places.length);
  });
  const namespaces = [...found].map(([namespace, counts]) => ({ namespace, ...counts }));
  const sum = (part: 'functions' | 'expressible' | 'com') => namespaces.reduce((total, one) => total + one[part], 0);
  return {
    functions: sum('functions'),
    expressible: sum('expressible'),
    com: sum('com'),
    namespaces,
    reasons: [...reasons]
      .map(([reason, functions]) => ({ reason, functions }))
      .sort((one, other) => other.functions.length - one.functions.length),
  };
}

const needsCom = ({ reason }: Refusal) => /\bCOM\b|\bBSTR\b/.test(reason);

/** The reason without names that belong to one function. */
function generalReason(refusal: Refusal | undefined): string {
  if (!refusal) return 'it was not found';
  if (needsCom(refusal)) return 'it needs COM';
  const reason = refusal.reason.replace(/^the field \w+ of \w+ cannot be expressed: /, 'a field of its struct, ');
  const [sentence = ''] = reason.split(/\n|: |; |\? /);
  return sentence
    .replaceAll(/'[^']*'(?: or '[^']*')*/g, '…')
    .replace(/^(the return value cannot be expressed)$/, refusal.reason.replace(/\b(type|in) [\w.]+/g, '$1 …'))
    .replaceAll(/\b(the (?:type|field|struct|union)) \w+/g, '$1 …')
    .replaceAll(/\b(its type) \w+ is (in|not described in) [\w.]+/g, '$1 is $2 a namespace')
    .replace(/^(it is a pointer to (?:numbers|structs), and) .* (could tell how many)$/, '$1 another number $2');
}
