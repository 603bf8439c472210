/** Parses strict JSON with positions: returns the value and the line of every JSON pointer. */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

export interface Mistake {
  /** The JSON pointer (RFC 6901) of the place; empty for the whole document. */
  readonly pointer: string;
  /** Line of that place, from 1. */
  readonly line: number;
  readonly message: string;
}

export interface SourceText {
  /** The parsed value; undefined if the text is not JSON. */
  readonly value: unknown;
  /** Syntax errors and duplicate keys. */
  readonly mistakes: readonly Mistake[];
  /** Returns the line of a pointer, or of the nearest enclosing place that exists. */
  lineOf(pointer: string): number;
}

export function parseSource(text: string): SourceText {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const deep = tooDeep(body);
  if (deep !== undefined) {
    const message = `the document is nested deeper than ${MOST_LEVELS} levels`;
    return { value: undefined, mistakes: [{ pointer: '', line: lineIndex(body)(deep), message }], lineOf: () => 1 };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const lineAt = lineIndex(body);
  const lines = new Map<string, number>();
  const mistakes: Mistake[] = errors.map((error) => ({
    pointer: '',
    line: lineAt(error.offset),
    message: `not JSON: ${readable(printParseErrorCode(error.error))}${hexadecimalAt(body, error.offset)}`,
  }));
  if (tree)
    visit(
      tree,
      '',
      (pointer, node) => lines.set(pointer, lineAt(node.offset)),
      (pointer, node, key) =>
        mistakes.push({ pointer, line: lineAt(node.offset), message: `the key '${key}' appears more than once` }),
    );
  return {
    value: errors.length === 0 ? JSON.parse(body) : undefined,
    mistakes,
    lineOf: (pointer) => nearestLine(lines, pointer),
  };
}

/** Returns what to write instead of a hexadecimal number at the place of an error; empty if there is none. */
function hexadecimalAt(text: string, offset: number): string {
  const around = text.slice(Math.max(0, offset - 1), offset + 20);
  const [, number] = /^[^"]?(0x[0-9a-f]+)/i.exec(around) ?? /^(0x[0-9a-f]+)/i.exec(around) ?? [];
  return number === undefined ? '' : `; JSON has no hexadecimal numbers: write "${number}", as text`;
}

/** A definition has about twenty levels. The code that reads it is recursive. */
const MOST_LEVELS = 200;

/** Returns the place where a text exceeds the maximum depth, or undefined. Malformed JSON is reported elsewhere. */
function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MOST_LEVELS) return index;
  }
  return undefined;
}

/** Joins the segments of a JSON pointer. */
export function pointerTo(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function visit(
  node: Node,
  pointer: string,
  onPlace: (pointer: string, node: Node) => void,
  onRepeated: (pointer: string, node: Node, key: string) => void,
): void {
  onPlace(pointer, node);
  if (node.type === 'array') {
    node.children?.forEach((child, index) => {
      visit(child, `${pointer}/${index}`, onPlace, onRepeated);
    });
    return;
  }
  if (node.type !== 'object') return;
  const seen = new Set<string>();
  for (const property of node.children ?? []) {
    const [keyNode, valueNode] = property.children ?? [];
    if (!keyNode || !valueNode) continue;
    const key = String(keyNode.value);
    const place = pointer + pointerTo(key);
    if (seen.has(key)) onRepeated(place, keyNode, key);
    seen.add(key);
    visit(valueNode, place, onPlace, onRepeated);
  }
}

function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function nearestLine(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let place = pointer; ; place = place.slice(0, place.lastIndexOf('/'))) {
    const line = lines.get(place);
    if (line !== undefined) return line;
    if (place === '') return 1;
  }
}

function readable(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
