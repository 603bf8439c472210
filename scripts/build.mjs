// Compiles src into dist, and bundles the node program that a module carries.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' });
copyFileSync('src/definition/definition.schema.json', 'dist/definition/definition.schema.json');
chmodSync('dist/cli.js', 0o755);

// One file for the path of a call. koffi stays outside: its native addon lies beside the bundle.
await build({
  entryPoints: ['src/cli/module-program.ts'],
  outfile: 'dist/module-program.cjs',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  external: ['koffi'],
  legalComments: 'linked',
  logLevel: 'warning',
});

// Into the module of the repository, so that it works from the checkout.
const { loadDefinition } = await import('../dist/definition/load.js');
const { installProgram } = await import('../dist/generator/program.js');
await installProgram('module/PersistentPortReservation', await loadDefinition('PersistentPortReservation'));
