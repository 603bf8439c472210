/** Reads the input that DSC passes on stdin. A terminal, or a stdin that does not end, is an error. */
import { RESOURCE_EXIT } from '../definition/resource-codes.js';
import { invalidInput } from '../dsc/failure.js';

/** The time until the end of the input, and its maximum size in bytes. */
export const STDIN_LIMITS = { milliseconds: 1000 * 30, bytes: 16 * 1024 * 1024 } as const;

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Returns the text without a byte order mark. Rejects with ResourceFailure. */
export async function readStdin(stream: Input, limits: { milliseconds: number; bytes: number }): Promise<string> {
  const refuse = (problem: string) =>
    invalidInput(`stdin ${problem}; DSC writes the input to stdin`, RESOURCE_EXIT.notJson);
  if (stream.isTTY) throw refuse('is a terminal');
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const overdue = () => reject(refuse(`did not end within ${limits.milliseconds / 1000} seconds`));
    const timer = setTimeout(overdue, limits.milliseconds);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    stream
      .on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limits.bytes) done(() => reject(refuse(`is longer than ${limits.bytes} bytes`)));
        else chunks.push(chunk);
      })
      .once('end', () => done(resolve))
      .once('error', (error: Error) => done(() => reject(refuse(`cannot be read: ${error.message}`))));
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw refuse('is not UTF-8');
  }
}
