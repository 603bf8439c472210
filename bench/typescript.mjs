// Imports a TypeScript file of the repository with its imports, because Node 20 cannot do that itself.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/setup.mjs';

export async function importTypeScript(file) {
  const outfile = path.join(
    root,
    'build',
    'bench',
    `${path.basename(path.dirname(file))}-${path.basename(file, '.ts')}.mjs`,
  );
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    entryPoints: [path.join(root, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [ownUrls],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

/** Each file still finds its neighbours, wherever the bundle is. */
const ownUrls = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)),
      loader: 'ts',
    }));
  },
};
