/** Cuts a byte stream into lines without ever holding more than one line's limit. */

export interface LineSplitter {
  /** Takes the next bytes and reports every line that they complete. */
  push(chunk: Buffer): void;
  /** The stream has ended: a last line without its line feed still counts. */
  end(): void;
}

export interface LineHandlers {
  /** A whole line, without its line feed. */
  readonly onLine: (line: Buffer) => void;
  /** A line that passed the limit; reported once, when it does. Its bytes are dropped as they come. */
  readonly onOversized: () => void;
}

/** `limit` is the greatest length of a line in bytes, the line feed not counted. */
export function createLineSplitter(limit: number, { onLine, onOversized }: LineHandlers): LineSplitter {
  let parts: Buffer[] = [];
  let length = 0;
  let isSkipping = false;

  const take = (bytes: Buffer): void => {
    if (isSkipping) return;
    if (length + bytes.length > limit) {
      isSkipping = true;
      parts = [];
      length = 0;
      onOversized();
      return;
    }
    if (bytes.length > 0) parts.push(bytes);
    length += bytes.length;
  };
  const finish = (): void => {
    const line = isSkipping ? undefined : parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length);
    isSkipping = false;
    parts = [];
    length = 0;
    if (line) onLine(line);
  };

  return {
    push(chunk) {
      let start = 0;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, start)) {
        take(chunk.subarray(start, at));
        finish();
        start = at + 1;
      }
      if (start < chunk.length) take(chunk.subarray(start));
    },
    end() {
      if (length > 0) finish();
    },
  };
}
