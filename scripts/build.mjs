// Compiles src into dist, turns the schema into code, builds the client, and bundles the node program that a module carries.
// With --with-client a build without the client is a failure: what is published has it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { bundleProgram, inputsOf } from './bundle-program.mjs';
import { buildClient } from './client.mjs';
import { hasDotnetSdk } from './dotnet.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const hasClient = hasDotnetSdk();
if (!hasClient && process.argv.includes('--with-client')) {
  console.error(
    'The .NET SDK 10 is missing ("dotnet" on the PATH): the PowerShell client cannot be built, and the package must have it. Install the SDK, then run this again.',
  );
  process.exit(1);
}

rmSync('dist', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' });
for (const schema of ['definition/definition.schema.json', 'generator/facts.schema.json']) {
  copyFileSync(`src/${schema}`, `dist/${schema}`);
}
chmodSync('dist/cli.js', 0o755);
if (hasClient) buildClient('dist');
else {
  console.warn(
    'The .NET SDK 10 is missing ("dotnet" on the PATH): the PowerShell client was not built. The command line works; a module that it generates cannot be imported, and pack refuses.',
  );
}
await compileSchema();
const bundles = await bundlePrograms();
await completePackage(bundles.flatMap(inputsOf));

// Into the module of the repository, so that it works from the checkout.
const { loadDefinition } = await import('../dist/definition/load.js');
const { installProgram } = await import('../dist/generator/program.js');
await installProgram('module/PersistentPortReservation', await loadDefinition('PersistentPortReservation'));

// Ajv takes several times as long to load and to compile the schema as the generated code takes to run.
async function compileSchema() {
  const { SCHEMA_OPTIONS } = await import('../dist/definition/schema-options.js');
  const { withTypeForms } = await import('../dist/definition/type-forms.js');
  const file = 'dist/definition/definition.schema.json';
  const schema = withTypeForms(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  const ajv = new Ajv2020({ ...SCHEMA_OPTIONS, code: { source: true, esm: true } });
  const generated = standaloneCode.default(ajv, ajv.compile(schema));
  const validator = 'export const validateSchema = (document) => (validate(document) ? [] : (validate.errors ?? []));';
  await build({
    stdin: { contents: `${generated}\n${validator}`, resolveDir: root, sourcefile: 'schema-validator.js' },
    outfile: 'dist/definition/schema-validator.js',
    bundle: true,
    platform: 'node',
    format: 'esm',
    treeShaking: true,
    logLevel: 'warning',
  });
}

// The programs of a module, once without an extension and once with each. One file for the path of a call, koffi's JavaScript included; its native addon lies beside the bundle. A few
// lines before it turn node's compile cache on.
async function bundlePrograms() {
  const ownAddon = {
    name: 'own-addon',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^koffi$/ }, () => ({ path: path.resolve('node_modules/koffi/index.cjs') }));
      // Through esbuild, so that the module is the same whoever imports it first.
      onResolve({ filter: /\/static\.cjs$/ }, () =>
        resolve('./own-addon.ts', { kind: 'import-statement', resolveDir: path.resolve('src/native') }),
      );
    },
  };
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // Node reads all of it before the first call: a third less text is a millisecond less.
    minify: true,
    define: { DLLET_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
    legalComments: 'linked',
    // Node's own import() loads its other kind of modules first.
    supported: { 'dynamic-import': false },
    metafile: true,
    logLevel: 'warning',
  };
  const bundle = (name, outfile, more) => build({ ...options, entryPoints: [`src/cli/${name}.ts`], outfile, ...more });
  const { EXTENSIONS } = await import('../dist/extensions/registry.js');
  const names = [undefined, ...EXTENSIONS.map(({ program }) => program.name)];
  const results = [await bundle('module-entry', 'dist/module-entry.cjs', { external: ['./program.cjs'] })];
  for (const name of names) {
    const plugins = [ownAddon, onlyExtension(name)];
    const file = (bundled) => `dist/${name === undefined ? bundled : `${bundled}.${name}`}.cjs`;
    const module = await bundleProgram({
      root,
      entry: 'src/cli/module-program.ts',
      program: file('module-program'),
      onDemand: file('module-on-demand'),
      options: { ...options, plugins },
    });
    results.push(...module, await bundle('verify-program', file('verify-program'), { plugins }));
  }
  return results;
}

// A module's programs have the extension that its definition names, and no other.
function onlyExtension(name) {
  const lists = {
    'in-program': { list: 'PROGRAM_EXTENSIONS', member: 'program', file: 'program.js' },
    'in-verification': { list: 'VERIFICATION_PARTS', member: 'verification', file: 'verification/index.js' },
  };
  return {
    name: 'only-extension',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]extensions[\\/]in-\w+\.ts$/ }, ({ path: file }) => {
        const { list, member, file: door } = lists[path.basename(file, '.ts')];
        const contents =
          name === undefined
            ? `export const ${list} = [];`
            : `import { ${member} } from './${name}/${door}';\nexport const ${list} = [${member}];`;
        return { contents, loader: 'ts', resolveDir: path.dirname(file) };
      });
    },
  };
}

// What the packages need to know of the lock file and of the bundle, and the records of the npm package. Last: they list dist.
async function completePackage(inputs) {
  const { listPackages } = await import('../dist/package/list-packages.js');
  const { completeNpmPackage } = await import('../dist/package/npm-package.js');
  writeFileSync('dist/packages.json', `${JSON.stringify(listPackages(root, inputs))}\n`);
  completeNpmPackage(root);
}
