/** Calls functions that report the required buffer size, for a table that may grow in the meantime. */

/** Fills the buffer (null: reports the size only), sets the size (a DWORD in and out), returns a Win32 code. */
export type SizedCall = (table: Buffer | null, size: Buffer) => number;

/** Thrown if the call fails for good. */
export class SizedCallError extends Error {
  constructor(readonly code: number) {
    super(`error ${code}`);
  }
}

/** Requests the size, then the table, with a larger buffer each time it has grown. Throws SizedCallError. */
export function callForTable(call: SizedCall): Buffer {
  const size = Buffer.alloc(4);
  let table: Buffer | null = null;
  let code = ERROR_INSUFFICIENT_BUFFER;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    size.writeUInt32LE(table?.length ?? 0);
    code = call(table, size);
    if (code === NO_ERROR && table) return table;
    if (code !== NO_ERROR && code !== ERROR_INSUFFICIENT_BUFFER) break;
    table = Buffer.alloc(roomFor(Math.max(size.readUInt32LE(), table?.length ?? 0)));
  }
  throw new SizedCallError(code);
}

const NO_ERROR = 0;
const ERROR_INSUFFICIENT_BUFFER = 122;
const ATTEMPTS = 10;

/** A quarter more than required, so that rows added between two calls seldom cause another one. */
function roomFor(bytes: number): number {
  return bytes + Math.max(bytes >> 2, 256);
}
