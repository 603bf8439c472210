/** Packages of the sample module, and damage to them. */
import { cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Packed, type PackOptions, packModule } from '../../src/package/pack.js';
import { sampleDefinition } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';

/** The platform that these tests run on: its addon is installed. */
export const HERE = `${process.platform}-${process.arch}`;

export function packSample(options: Partial<PackOptions> = {}): Promise<Packed> {
  return packModule({ definition: sampleDefinition(), out: temporaryDirectory(), platforms: [HERE], ...options });
}

/** Every file below a folder, sorted, with forward slashes. */
export function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(directory, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

export function contentOf(directory: string): Record<string, string> {
  return Object.fromEntries(
    filesIn(directory).map((file) => [file, readFileSync(path.join(directory, file), 'base64')]),
  );
}

/** A copy of a folder that may be damaged. */
export function copyOf(directory: string): string {
  const copy = path.join(temporaryDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return copy;
}

/** Changes one bit of the byte at a place, 0 being the first and 1 the last; returns what puts it right again. */
export function damage(file: string, place: number): () => void {
  const content = readFileSync(file);
  const damaged = Buffer.from(content);
  const at = Math.round((content.length - 1) * place);
  damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
  replace(file, damaged);
  return () => replace(file, content);
}

/** In the place of the old file, which a process may have mapped: one that is cut short under it ends with SIGBUS. */
function replace(file: string, content: Buffer): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

/** A Windows program of 1 KiB with a version resource, as far as anything here reads one. */
export function fakeNode({
  version = '20.19.5',
  machine = 0x8664,
  product = 'Node.js',
  signed = true,
  bits = 64,
} = {}): Buffer {
  const file = Buffer.alloc(1024);
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const header = 0x80;
  const optional = header + 24;
  const directories = optional + (bits === 64 ? 112 : 96);
  const section = optional + 240;
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(header, 0x3c);
  file.write('PE\0\0', header, 'latin1');
  file.writeUInt16LE(machine, header + 4);
  file.writeUInt16LE(1, header + 6);
  file.writeUInt16LE(240, header + 20);
  file.writeUInt16LE(bits === 64 ? 0x20b : 0x10b, optional);
  file.writeUInt32LE(0x1000, directories + 16);
  if (signed) file.writeUInt32LE(896, directories + 32);
  if (signed) file.writeUInt32LE(128, directories + 36);
  file.write('.rsrc', section, 'latin1');
  file.writeUInt32LE(0x1000, section + 12);
  file.writeUInt32LE(0x100, section + 16);
  file.writeUInt32LE(0x240, section + 20);
  file.write(product, 0x240, 'utf16le');
  file.writeUInt32LE(0xfeef04bd, 0x280);
  file.writeUInt32LE((major << 16) | minor, 0x288);
  file.writeUInt32LE(patch << 16, 0x28c);
  return file;
}
