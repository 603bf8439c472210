/** The sessions in documentation pages: commands of dllet and of PowerShell, each with its output. */
import type { codeBlocks } from './markdown.js';

export interface ShownCommand {
  /** The place of its block. */
  readonly place: string;
  readonly shell: 'sh' | 'powershell';
  /** The command, including the lines that follow it at the prompt `>> `. */
  readonly command: string;
  /** The output below it, without blank lines at the end. */
  readonly shown: string;
}

/** Returns the commands after `$ ` and `PS> ` in a console block. */
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

/**
 * Returns a pattern for the output on a page: `...` matches any omitted text, a token any token, and a column any
 * width.
 */
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

/** Splits a command line into words, by the rules of sh as far as the pages use them. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, plain]) => one ?? two ?? plain ?? '');
}
