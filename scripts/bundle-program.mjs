// The program of a module as two files: what a call needs, and what the other commands and operations need beyond it. Node reads a file
// whole before its first statement runs, so that a call would wait for what it never uses. No code is in both files: what the
// second one shares with the first it takes from the first.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The names by which the two files know each other in the program's folder. */
const PROGRAM = './program.cjs';
const ON_DEMAND = './on-demand.cjs';

/** Imported only when they are needed, but by almost every call, or every one that changes something. */
const IN_PROGRAM = [
  'src/native/backend.ts',
  'src/system/parent-linux.ts',
  'src/system/parent-windows.ts',
  'src/audit/open.ts',
];

/**
 * Bundles `entry` into the file `program`, and what it imports dynamically into the file `onDemand`. `options` are esbuild's, with
 * plugins that both need. Resolves with esbuild's results.
 */
export async function bundleProgram({ root, entry, program, onDemand, options }) {
  const absolute = (file) => path.join(root, file);
  const relative = (file) => path.relative(root, file).replaceAll('\\', '/');
  const probe = (contents, plugins) =>
    build({
      ...options,
      stdin: { contents, resolveDir: root },
      plugins: [...plugins, ...options.plugins],
      outfile: program,
      write: false,
    });

  const late = new Set();
  const first = await probe(`require(${JSON.stringify(absolute(entry))});`, [leaveOut(late)]);
  const names = await namesOf([...late].map(relative), root);
  // Each part is made ready when one of its members is first used.
  const rest = [...names].flatMap(([file, list]) =>
    list.map((name) => `get ${name}() { return require(${JSON.stringify(absolute(file))}).${name}; }`),
  );
  const onDemandContents = `module.exports = { ${rest.join(', ')} };`;
  const second = await probe(onDemandContents, []);
  const shared = inputsOf(second).filter((file) => inputsOf(first).includes(file));

  const members = shared.map(
    (file) => `get ${JSON.stringify(file)}() { return require(${JSON.stringify(absolute(file))}); }`,
  );
  const contents = `module.exports = { ${members.join(', ')} };\nrequire(${JSON.stringify(absolute(entry))});`;
  return Promise.all([
    build({
      ...options,
      stdin: { contents, resolveDir: root },
      outfile: program,
      plugins: [leaveOut(new Set()), ...options.plugins],
    }),
    build({
      ...options,
      stdin: { contents: onDemandContents, resolveDir: root },
      outfile: onDemand,
      plugins: [takeFromProgram(shared), ...options.plugins],
    }),
  ]);

  /** What is imported dynamically is in the other file, and named in `found`. */
  function leaveOut(found) {
    return {
      name: 'leave-out',
      setup({ onResolve }) {
        onResolve({ filter: /^\./ }, ({ kind, path: name, resolveDir }) => {
          const file = sourceOf(name, resolveDir);
          if (kind !== 'dynamic-import' || file === undefined || IN_PROGRAM.includes(relative(file))) return undefined;
          found.add(file);
          return { path: ON_DEMAND, external: true };
        });
      },
    };
  }

  function takeFromProgram(files) {
    const isShared = (file) => file !== undefined && files.includes(relative(file));
    return {
      name: 'take-from-program',
      setup({ onResolve, onLoad, resolve }) {
        onResolve({ filter: /.*/ }, async ({ path: name, resolveDir, importer, kind, namespace, pluginData }) => {
          if (namespace === 'program') return { path: PROGRAM, external: true };
          if (pluginData === 'asked' || kind === 'entry-point') return undefined;
          const found = await resolve(name, { resolveDir, importer, kind, pluginData: 'asked' });
          return found.external || !isShared(found.path)
            ? undefined
            : { path: relative(found.path), namespace: 'program' };
        });
        onLoad({ filter: /.*/, namespace: 'program' }, ({ path: file }) => ({
          contents: `module.exports = require(${JSON.stringify(PROGRAM)})[${JSON.stringify(file)}];`,
          resolveDir: root,
        }));
      },
    };
  }
}

/** The TypeScript behind a relative import. */
function sourceOf(name, resolveDir) {
  const file = path.resolve(resolveDir, name.replace(/\.js$/, '.ts'));
  return existsSync(file) ? file : undefined;
}

/** The source files of a bundle by their path from the root, without what stands for files of the other one. */
export function inputsOf({ metafile }) {
  return Object.keys(metafile.inputs).filter((file) => !file.startsWith('<') && !file.includes(':'));
}

/** What each of these sources exports, from its compiled twin. All of it will be members of one file: a name can mean but one thing. */
async function namesOf(files, root) {
  const all = new Map();
  const known = new Map();
  for (const file of files.sort()) {
    const compiled = path.join(root, file.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js'));
    const members = Object.entries(await import(pathToFileURL(compiled)));
    const other = members.find(([name, value]) => known.has(name) && known.get(name) !== value);
    if (other) throw new Error(`${file} exports ${other[0]}, as another module does that is imported dynamically`);
    const fresh = members.filter(([name]) => !known.has(name));
    for (const [name, value] of fresh) known.set(name, value);
    all.set(
      file,
      fresh.map(([name]) => name),
    );
  }
  return all;
}
