/** The nouns of cmdlets: PowerShell's are singular. */

/** Words that end in s and are singular, or have no other form; lower case. */
const SINGULAR = new Set(
  (
    'alias atlas axis basis bias bus canvas chaos corps crisis dns gas gps https ids iis kudos lens news os sas series sms species status ' +
    'tls windows abs cos analysis thesis access'
  ).split(' '),
);

/** Plurals that do not end in s, and those whose singular does not follow from their ending. */
const IRREGULAR: Readonly<Record<string, string>> = {
  Children: 'Child',
  People: 'Person',
  Men: 'Man',
  Indices: 'Index',
  Vertices: 'Vertex',
  Matrices: 'Matrix',
  Aliases: 'Alias',
  Caches: 'Cache',
  Databases: 'Database',
  Releases: 'Release',
  Responses: 'Response',
  Phases: 'Phase',
  Cases: 'Case',
  Bases: 'Base',
  Uses: 'Use',
  Licenses: 'License',
  Sizes: 'Size',
};

/** Returns the name with its last word in the singular; the same name if it is not a plural. */
export function singularNoun(name: string): string {
  const word = lastWord(name);
  return name.slice(0, name.length - word.length) + singular(word);
}

/** True for a singular that looks like a plural to other programs: Cos, CursorPos, Metadata. */
export function looksPlural(name: string): boolean {
  return singularNoun(name) === name && /([^sui]s|criteria|metadata)$/i.test(lastWord(name));
}

function lastWord(name: string): string {
  return /[A-Z][a-z]+$/.exec(name)?.[0] ?? '';
}

function singular(word: string): string {
  const known = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (known !== undefined) return known;
  if (word.length < 4 || !word.endsWith('s') || SINGULAR.has(word.toLowerCase())) return word;
  if (/(ss|us|is)$/.test(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|x|sh|ch|zz|us)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
