/** The fenced code blocks of the documentation, which tests parse and run. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './cli.js';

export interface CodeBlock {
  /** The path of the document in the repository, and the line of the fence. */
  readonly document: string;
  readonly line: number;
  readonly language: string;
  /** The rest of the fence's line. */
  readonly info: string;
  /** The name after `file=`. */
  readonly file: string | undefined;
  readonly text: string;
}

export const RECIPES: readonly string[] = readdirSync(path.join(ROOT, 'docs', 'recipes'))
  .sort()
  .map((file) => `docs/recipes/${file}`);

/** Every page of the repository: its own, those of docs/, of the examples and of the bench. */
export const ALL_PAGES: readonly string[] = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'examples', 'bench'].flatMap((folder) =>
    (readdirSync(path.join(ROOT, folder), { recursive: true }) as string[])
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => path.join(folder, name)),
  ),
];

/** Returns the blocks of a document, those in a list too. Throws if a fence is not closed. */
export function codeBlocks(document: string): CodeBlock[] {
  const lines = readFileSync(path.join(ROOT, document), 'utf8').split('\n');
  const blocks: CodeBlock[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^( *)```(\S*)\s*(.*)$/.exec(lines[at] ?? '');
    if (!fence) continue;
    const [, indent = '', language = '', info = ''] = fence;
    const end = lines.indexOf(`${indent}\`\`\``, at + 1);
    if (end === -1) throw new Error(`${document}:${at + 1}: the fence is not closed`);
    const file = /(?:^| )file=(\S+)/.exec(info)?.[1];
    const inside = lines.slice(at + 1, end).map((line) => line.replace(new RegExp(`^${indent}`), ''));
    blocks.push({ document, line: at + 1, language, info, file, text: `${inside.join('\n')}\n` });
    at = end;
  }
  return blocks;
}

/** Returns the block of a document that is saved under this name. */
export function savedBlock(document: string, file: string): string {
  const found = codeBlocks(document).filter((block) => block.file === file);
  if (found.length !== 1) throw new Error(`${document} has ${found.length} blocks of the name ${file}`);
  return (found[0] as CodeBlock).text;
}
