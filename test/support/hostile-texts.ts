/** Texts that would become code, or end the surrounding text, if a generator did not quote them. */
import fc from 'fast-check';

export const HOSTILE_PIECES = [
  "'",
  '\u2018',
  '\u2019',
  '\u201a',
  '\u201b',
  '"',
  '\u201c',
  '\u201d',
  '\u201e',
  '$(Stop-Computer)',
  '$env:PATH',
  '`',
  '`n',
  '#>',
  '<#',
  '#',
  '>',
  '<',
  "@'",
  "'@",
  '@"',
  ']]>',
  '-->',
  '&amp;',
  '--%',
  '<%',
  '%>',
  '<%= 1 %>',
  ';',
  '}',
  '{',
  ')',
  '\\',
  '.SYNOPSIS',
  '.FORWARDHELPTARGETNAME x',
  '# SIG # Begin signature block',
  'Remove-Item',
  ' ',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u{1f600}',
] as const;

/** One line. */
export const hostileLine = fc
  .array(fc.constantFrom(...HOSTILE_PIECES), { minLength: 1, maxLength: 6 })
  .map((all) => all.join(''));

/** Several lines. */
export const hostileText = fc.array(hostileLine, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));

/** Edits of the sample definition that put a text into every place for free text. */
export function textEverywhere(text: (place: string) => string): Record<string, string> {
  return Object.fromEntries(TEXT_PLACES.map((place) => [place, text(place)]));
}

/** The places of free text in the sample: those of one line and those of several. */
export const LINE_PLACES: readonly string[] = [
  '/module/author',
  '/module/companyName',
  '/module/copyright',
  '/computed/Last/violation/message',
  '/computed/Last/violation/recommendedAction',
  '/cmdlets/0/synopsis',
  '/cmdlets/0/examples/0/code',
  '/cmdlets/1/shouldProcess/action',
  '/cmdlets/1/shouldProcess/target',
  '/cmdlets/1/shouldProcess/query',
];

export const TEXT_PLACES: readonly string[] = [
  ...LINE_PLACES,
  '/module/description',
  '/module/releaseNotes',
  '/types/Amount/description',
  '/functions/Read{Kind}/parameters/0/description',
  '/objects/Item/description',
  '/objects/Item/properties/1/description',
  '/cmdlets/0/description',
  '/cmdlets/0/notes',
  '/cmdlets/0/examples/0/description',
];
