/** Opens a .winmd file, or a NuGet package that contains one. */
import { type ByteSource, FileBytes } from './byte-source.js';
import { metadataOfPackage } from './package-file.js';
import { Winmd } from './winmd.js';

/**
 * Detects the format from the first bytes. The caller closes the file. Throws the system's error if the file cannot be
 * read, and a MetadataError if it is damaged.
 */
export function openWinmd(file: string): Winmd {
  const source = FileBytes.open(file);
  try {
    return new Winmd(contentOf(source));
  } catch (error) {
    source.close();
    throw error;
  }
}

/** Returns the source of the metadata. Closes a package, because its content is then in memory. */
function contentOf(source: FileBytes): ByteSource {
  const start = source.bytes(0, 2, 'the first two bytes').toString('latin1');
  if (start !== 'PK') return source;
  const content = metadataOfPackage(source);
  source.close();
  return content;
}
