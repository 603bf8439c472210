/** The directories of the system's own libraries on systems other than Windows. Only root can write to them. */

/** Debian's names of the architectures. Source: wiki.debian.org/Multiarch/Tuples. */
const TRIPLETS: Readonly<Partial<Record<string, string>>> = {
  arm: 'arm-linux-gnueabihf',
  arm64: 'aarch64-linux-gnu',
  ia32: 'i386-linux-gnu',
  loong64: 'loongarch64-linux-gnu',
  ppc64: 'powerpc64le-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
  s390x: 's390x-linux-gnu',
  x64: 'x86_64-linux-gnu',
};

/**
 * The directories of Linux in search order, for an architecture as Node.js names it: those of Debian, then those of
 * Fedora, then those of other distributions. Neither LD_LIBRARY_PATH nor /usr/local is among them.
 */
export function linuxDirectories(arch: string): string[] {
  const triplet = TRIPLETS[arch];
  const multiarch = triplet === undefined ? [] : [`/lib/${triplet}`, `/usr/lib/${triplet}`];
  return [...multiarch, '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
}

/** The directory of the libraries of macOS. Most of them are in the loader's cache and not files. */
export const DARWIN_DIRECTORY = '/usr/lib';
