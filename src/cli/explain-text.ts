/** Formats an explanation as text for people. */
import type { ExplainedFailure, ExplainedValue, Explanation } from '../explanation/explanation.js';
import type { NativeDescription, NativeParameter } from '../native/describe.js';
import { tableLines } from './table.js';

/** Returns the lines; with terminal colors if `isColored`. `definition` is written as the user named it. */
export function explanationLines(explanation: Explanation, definition: string, isColored: boolean): string[] {
  const title = (text: string) => (isColored ? `\u001B[1;36m${text}\u001B[0m` : text);
  const section = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title(name), ...lines.map((line) => `  ${line}`)];
  const { request, reply, sets, owners, cmdlets } = explanation;
  return [
    `${title(explanation.function)} of ${explanation.library}`,
    ...explanation.description.split('\n'),
    ...section(
      'C',
      [...explanation.types, explanation.written ?? explanation.c].flatMap((text) => text.split('\n')),
    ),
    ...section('Values', valueLines(explanation)),
    ...section('koffi', nativeLines(explanation.function, explanation.native)),
    ...section('JSON', [
      callLine(explanation, definition),
      `in:  ${JSON.stringify(request)}`,
      `out: ${JSON.stringify(reply)}`,
    ]),
    ...section(
      'PowerShell',
      cmdlets.flatMap(({ syntax, returns }) => [...syntax, `returns ${returns.join(', ') || 'nothing'}`]),
    ),
    ...section('Failure', failureLines(explanation.failure)),
    ...section('Set by dllet', sets.map(valueLine)),
    ...section('Handles and memory', owners.length > 0 ? owners.map(valueLine) : ['nothing to release']),
  ];
}

/** Shows the forms of each value side by side. */
function valueLines({ values }: Explanation): string[] {
  const rows = values.map(({ name, role, c, koffi, json, powershell }) => ({
    name,
    role,
    C: short(c),
    koffi: short(koffi),
    JSON: json === null ? '' : short(JSON.stringify(json)),
    PowerShell: powershell ?? '',
  }));
  return tableLines(rows);
}

/** The maximum number of characters in a cell. Other sections show the complete text. */
const MOST = 36;

const short = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 3)}...` : text);

function nativeLines(name: string, native: NativeDescription): string[] {
  const { convention, returns, parameters, lastCode, mayBlock } = native;
  return [
    `${convention} ${returns} ${name}(${parameters.map(({ type }) => type).join(', ')})`,
    ...parameters.flatMap((one) => (one.passed === 'value' ? [] : [`${one.name}: ${memoryText(one)}`])),
    ...(lastCode ? [`${lastCode} is read right after the call`] : []),
    ...(mayBlock ? ['the call runs on another thread'] : []),
  ];
}

function memoryText({ passed, memory, bytes, elements }: NativeParameter): string {
  const what = memory === undefined ? 'by value' : `pointer to ${memory}`;
  const size = bytes === undefined ? '' : ` of ${bytes} bytes`;
  if (passed === 'count') return `${what}${size}, set by dllet`;
  if (!elements) return `${what}${size}`;
  const { countedBy, unit, size: each, start, limit } = elements;
  const room = start === undefined ? '' : `; ${start} elements at first, ${limit} at most`;
  return `${what} of ${each === 1 ? '1 byte' : `${each} bytes`} each, as many ${unit} as ${countedBy} says${room}`;
}

/** A command that can be pasted into a shell. */
function callLine({ function: name, request }: Explanation, definition: string): string {
  const { params } = request as { readonly params: object };
  return `dllet call ${definition} ${name} '${JSON.stringify(params).replaceAll("'", `'\\''`)}'`;
}

function failureLines({ rule, documented, errors }: ExplainedFailure): string[] {
  return [
    ...rule,
    ...documentedLines(documented),
    ...errors.map(({ code, symbol, id, message }) => `${code} ${symbol}: ${id}. ${message}`),
  ];
}

function documentedLines(documented: ExplainedFailure['documented']): string[] {
  if (!documented) return [];
  const { marks, page, isSame } = documented;
  return [isSame ? `So says its page: ${page}` : `Its page says otherwise: ${marks}, ${page}`];
}

const valueLine = ({ name, text }: ExplainedValue): string => `${name}: ${text}`;
