/** Splits a byte stream into lines. Never buffers more than the limit of one line. */

export interface LineSplitter {
  /** Takes the next bytes and reports every line that they complete. */
  push(chunk: Buffer): void;
  /** Ends the stream and reports a last line without a line feed. */
  end(): void;
}

export interface LineHandlers {
  /** Receives a complete line, without its line feed. */
  readonly onLine: (line: Buffer) => void;
  /** Called once for a line over the limit, as soon as it exceeds the limit. Its bytes are discarded. */
  readonly onOversized: () => void;
}

/** `limit` is the maximum length of a line in bytes, without the line feed. */
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
