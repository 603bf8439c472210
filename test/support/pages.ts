/** What documentation pages show of a session: commands of dllet and of PowerShell, each with what it prints. */
import type { codeBlocks } from './markdown.js';

export interface ShownCommand {
  /** Where its block begins. */
  readonly place: string;
  readonly shell: 'sh' | 'powershell';
  readonly command: string;
  /** The lines below it, without blank ones at the end. */
  readonly shown: string;
}

/** The commands behind `$ ` and `PS> ` in one console block. */
export function shownCommands(block: ReturnType<typeof codeBlocks>[number]): ShownCommand[] {
  const parts = block.text.split(/^(?=(?:\$|PS>) )/m);
  return parts.map((part) => {
    const [first = '', ...lines] = part.split('\n');
    const [, prompt = '', command = ''] = /^(\$|PS>) (.*)$/.exec(first) ?? [];
    if (prompt === '') throw new Error(`${block.document}:${block.line}: "${first}" is not behind a prompt`);
    const shell = prompt === '$' ? 'sh' : 'powershell';
    return { place: `${block.document}:${block.line}`, shell, command, shown: lines.join('\n').trimEnd() };
  });
}

/** A pattern for what a page shows: `...` stands for what was left out, and a token is any token. */
export function patternOf(shown: string): RegExp {
  const lines = shown.split(/\n+/).map((line) => {
    const escaped = line.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return escaped
      .replaceAll(/ *\\\.\\\.\\\.$/g, '[^]*')
      .replaceAll(/\b\d{19}\b/g, '\\d+')
      .replaceAll(/ +/g, ' +');
  });
  return new RegExp(`^\\s*${lines.join('\\s*\\n\\s*')}\\s*$`);
}

/** Divides a command line into words, by the rules of sh as far as the pages use them. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}
