/** The error for a damaged, truncated or unsupported metadata file. */
import { DlletError } from '../definition/errors.js';

/** Metadata errors: the file, the offset, what was wrong and what to do next. */
export class MetadataError extends DlletError {
  readonly file: string;
  /** In bytes, from the start of the file; of the file inside, if it is in a package. */
  readonly offset: number;

  constructor(file: string, offset: number, problem: string, recommendedAction = FETCH_AGAIN) {
    super({
      id: 'MetadataInvalid',
      message: `${file}, at byte ${offset}: ${problem}`,
      category: 'InvalidData',
      recommendedAction,
      data: { file, offset },
    });
    this.file = file;
    this.offset = offset;
  }
}

const FETCH_AGAIN = 'The file is damaged, incomplete, or not .NET metadata. Download it again, or give another file.';
