/** The data that node.exe and the tests outside exchange. */

export interface InsideFile {
  /** The test file, relative to the checkout. */
  readonly source: string;
  /** The Windows path of its bundle. */
  readonly bundle: string;
}

export interface InsideWork {
  readonly files: readonly InsideFile[];
  /** The names of tests that are skipped. */
  readonly exceptions: readonly string[];
}

export interface InsideResult {
  readonly source: string;
  /** The names of the suites and the test, joined. */
  readonly name: string;
  readonly state: 'pass' | 'fail' | 'skip';
  readonly errors: readonly string[];
  readonly milliseconds: number;
}

export interface InsideResults {
  /** `win32 x64` */
  readonly platform: string;
  /** `v20.20.2` */
  readonly version: string;
  readonly tests: readonly InsideResult[];
}
