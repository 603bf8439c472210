/** Shows progress as a line on a terminal; does nothing elsewhere. */

/** Reports progress: how many of how many are done, and optionally the current step. */
export type Progress = (done: number, of: number, what?: string) => void;

/** Runs work that may take longer than a second. Shows the line on stderr meanwhile, and removes it afterwards. */
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

/** The time in milliseconds after which the line appears. */
const DELAY = 300;
