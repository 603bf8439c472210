// Bundles the program of a module as two files: the code that a call needs, and the code that only other commands and
// operations need. Node reads a whole file before it runs the first statement, so with a single file each call would
// wait for unused code. No code is in both files: the second imports shared code from the first.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The names under which the two files import each other in the program's folder. */
const PROGRAM = './program.cjs';
const ON_DEMAND = './on-demand.cjs';

/** Imported on demand, but kept in the first file, because almost every call, or every change, needs them. */
const IN_PROGRAM = [
  'src/native/backend.ts',
  'src/system/parent-linux.ts',
  'src/system/parent-windows.ts',
  'src/audit/open.ts',
];

/**
 * Bundles `entry` into the file `program`, and its dynamic imports into the file `onDemand`. `options` are esbuild's,
 * with plugins that both need. Resolves with esbuild's results.
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
  // Each part is initialized when one of its members is first used.
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

  /** Redirects dynamic imports to the other file, and collects them in `found`. */
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

/** Returns the TypeScript file of a relative import. */
function sourceOf(name, resolveDir) {
  const file = path.resolve(resolveDir, name.replace(/\.js$/, '.ts'));
  return existsSync(file) ? file : undefined;
}

/** Returns the source files of a bundle by path from the root, without the placeholders for the other file. */
export function inputsOf({ metafile }) {
  return Object.keys(metafile.inputs).filter((file) => !file.startsWith('<') && !file.includes(':'));
}

/**
 * Returns the exports of each of these sources, read from its compiled file. All become members of one file, so a name
 * must not occur twice.
 */
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
