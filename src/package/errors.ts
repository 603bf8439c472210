/** An error that prevents the creation of a package: the message says what to do. Nothing has been written. */
export class PackError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PackError';
  }
}
