// Generates a parser from the grammar of C declarations, compiles src into dist, generates code from the schema, builds the
// client, and bundles the node programs of a module.
// With --with-client, a build without the client fails, because a published package must contain it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import peggy from 'peggy';
import { bundleProgram, inputsOf } from './bundle-program.mjs';
import { buildClient } from './client.mjs';
import { hasDotnetSdk } from './dotnet.mjs';
import { requireNode } from './setup.mjs';

requireNode();
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
writeParser('src/definition/prototype/grammar');
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' });
for (const schema of ['definition/definition.schema.json', 'generator/facts.schema.json']) {
  copyFileSync(`src/${schema}`, `dist/${schema}`);
}
copyFileSync('src/definition/prototype/grammar.js', 'dist/definition/prototype/grammar.js');
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

// Puts the programs into the module of the repository, so that it works from the checkout.
const { loadDefinition } = await import('../dist/definition/load.js');
const { installProgram } = await import('../dist/generator/program.js');
await installProgram('module/PersistentPortReservation', await loadDefinition('PersistentPortReservation'));

// Written beside its types, where the compiler, the tests and the compiled code find it. The parser's cache keeps
// parsing time linear.
function writeParser(grammar) {
  const options = { output: 'source', format: 'es', cache: true, allowedStartRules: ['Text', 'Constant'] };
  writeFileSync(`${grammar}.js`, peggy.generate(readFileSync(`${grammar}.peggy`, 'utf8'), options));
}

// Generated code, because loading Ajv and compiling the schema takes several times as long as running the check.
async function compileSchema() {
  const { SCHEMA_OPTIONS } = await import('../dist/definition/schema-options.js');
  const { wholeSchema } = await import('../dist/definition/whole-schema.js');
  const file = 'dist/definition/definition.schema.json';
  const schema = wholeSchema(JSON.parse(readFileSync(file, 'utf8')));
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

// Bundles the programs of a module, once without an extension and once with each. Everything that a call needs is in
// one file, including koffi's JavaScript; its native addon is beside the bundle. The entry point enables Node's compile
// cache before it loads the bundle.
async function bundlePrograms() {
  const ownAddon = {
    name: 'own-addon',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^koffi$/ }, () => ({ path: path.resolve('node_modules/koffi/index.cjs') }));
      // Loaded through esbuild, so that every importer gets the same module instance.
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
    // Node reads the whole file before the first call. Minified, it is a third shorter, which saves a millisecond.
    minify: true,
    define: { DLLET_VERSION: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
    legalComments: 'linked',
    // Node's own import() would load the ES module loader first.
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

// The programs of a module contain only the extension that its definition names.
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

// Writes what packages need to know about the lock file and the bundle, and the records of the npm package. This comes
// last, because they list dist.
async function completePackage(inputs) {
  const { collectPackages } = await import('../dist/package/collect-packages.js');
  const { completeNpmPackage } = await import('../dist/package/npm-package.js');
  writeFileSync('dist/packages.json', `${JSON.stringify(collectPackages(root, inputs))}\n`);
  completeNpmPackage(root);
}
