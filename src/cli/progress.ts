/** A line on a terminal that shows how far the work is; nothing elsewhere. */

/** How far a piece of work is: a count of the whole, and what is being done, if there is more to say. */
export type Progress = (done: number, of: number, what?: string) => void;

/** Runs work that may take longer than a second. The line is on stderr while the work runs, and gone afterwards. */
export async function withProgress<T>(work: (progress: Progress) => T | Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY) return work(() => {});
  const started = performance.now();
  let shown = '';
  try {
    return await work((done, of, what) => {
      const part = Math.floor((WIDTH * done) / Math.max(1, of));
      const line = `[${'#'.repeat(part)}${'.'.repeat(WIDTH - part)}] ${what ?? `${done} of ${of}`}`;
      if (line === shown || (shown === '' && performance.now() - started < DELAY)) return;
      shown = line;
      stderr.write(`\r\x1b[K${line}`);
    });
  } finally {
    if (shown !== '') stderr.write('\r\x1b[K');
  }
}

const WIDTH = 40;

/** Milliseconds after which a piece of work is worth a line. */
const DELAY = 300;
