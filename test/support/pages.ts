/** What documentation pages show of a session: commands of dllet and of PowerShell, each with what it prints. */
import type { codeBlocks } from './markdown.js';

export interface ShownCommand {
  /** Where its block begins. */
  readonly place: string;
  readonly shell: 'sh' | 'powershell';
  /** With the lines that follow it at the prompt `>> `. */
  readonly command: string;
  /** The lines below it, without blank ones at the end. */
  readonly shown: string;
}

/** The commands behind `$ ` and `PS> ` in one console block. */
export function shownCommands(block: ReturnType<typeof codeBlocks>[number]): ShownCommand[] {
  const parts = block.text.split(/^(?=(?:\[\w+\]: )?(?:\$|PS>) )/m);
  return parts.map((part) => {
    const [, prompt = '', command = '', shown = ''] =
      /^(?:\[\w+\]: )?(\$|PS>) (.*(?:\n>> .*)*)\n?([\s\S]*)$/.exec(part) ?? [];
    if (prompt === '') throw new Error(`${block.document}:${block.line}: "${part.trim()}" is not behind a prompt`);
    const shell = prompt === '$' ? 'sh' : 'powershell';
    return {
      place: `${block.document}:${block.line}`,
      shell,
      command: command.replaceAll(/\n>> /g, '\n'),
      shown: shown.trimEnd(),
    };
  });
}

/** A pattern for what a page shows: `...` stands for what was left out, a token is any token, and a column has any width. */
export function patternOf(shown: string): RegExp {
  const lines = shown.split(/\n+/).map((line) => {
    const escaped = line.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    return escaped
      .replaceAll(/ *\\\.\\\.\\\.$/g, '[^]*')
      .replaceAll(/\b\d{19}\b/g, '\\d+')
      .replaceAll(/-{3,}/g, '-{3,}')
      .replaceAll(/ +/g, ' +');
  });
  return new RegExp(`^\\s*${lines.join('\\s*\\n\\s*')}\\s*$`);
}

/** Divides a command line into words, by the rules of sh as far as the pages use them. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, plain]) => one ?? two ?? plain ?? '');
}
