/** Asks questions on a terminal. Lines that are pasted early answer the next questions. */
import { createInterface } from 'node:readline/promises';
import type { Conversation } from './new-dialogue.js';
import { UsageError } from './usage.js';

/** Opens the terminal; `close` releases it. */
export function openTerminal(): Conversation & { close(): void } {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const waiting: string[] = [];
  let isClosed = false;
  let wake = () => {};
  lines.on('line', (line) => {
    waiting.push(line);
    wake();
  });
  lines.on('close', () => {
    isClosed = true;
    wake();
  });
  lines.on('SIGINT', () => lines.close());
  return {
    async ask(question) {
      lines.setPrompt(question);
      lines.prompt();
      while (waiting.length === 0 && !isClosed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const line = waiting.shift();
      if (line === undefined)
        throw new UsageError('the input ended before all questions were answered; nothing was written');
      return line.trim();
    },
    say: (text) => void process.stdout.write(`${text}\n`),
    close: () => lines.close(),
  };
}
