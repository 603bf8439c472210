/** Reads the tarballs of npm packages: gzip around ustar, regular files in one directory. */
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

/**
 * Returns the files of a tarball, without its top directory. Throws for entries other than files and directories, which
 * no package needs.
 */
export function readTarball(tarball: Uint8Array): Map<string, Uint8Array> {
  const tar = gunzipSync(tarball);
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8);
    const content = tar.subarray(at + BLOCK, at + BLOCK + size);
    if (!Number.isSafeInteger(size) || content.length !== size) throw new Error('the tarball is damaged');
    const type = text(header, 156, 1);
    if (type === 'x') longName = paxPath(content);
    else {
      if (type === '0' || type === '') files.set(placed(longName ?? nameOf(header)), Buffer.from(content));
      else if (type !== '5' && type !== 'g') throw new Error(`the tarball contains an entry of type '${type}'`);
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 345, 155);
  return prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

/** `<length> path=<value>\n` of an extended header. */
function paxPath(content: Buffer): string | undefined {
  return /\d+ path=([^\n]*)\n/.exec(content.toString('utf8'))?.[1];
}

function placed(name: string): string {
  const inside = name.slice(name.indexOf('/') + 1);
  const steps = inside.split('/');
  if (inside === '' || /[\\:]/.test(inside) || steps.includes('..') || steps.includes('')) {
    throw new Error(`the tarball contains a file with the unsafe name '${name}'`);
  }
  return inside;
}

function text(bytes: Buffer, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field
    .subarray(0, end === -1 ? length : end)
    .toString('utf8')
    .trim();
}
