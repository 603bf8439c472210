/** Kinds that exist in no source file, in modules: the program is bundled with the kind beside it, and nothing else is changed. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import '../support/fixed-point-kind.js';
import '../support/ipv4-kind.js';
import { fixedPointDefinition } from '../support/fixed-point-module.js';
import { addressDefinition, compileAddresses } from '../support/ipv4-module.js';
import { useModule } from '../support/powershell-module.js';
import { systemLibrary } from '../support/simple-module.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KOFFI = createRequire(import.meta.url).resolve('koffi');

// The files of a worker share their modules: what is registered here is for this file alone.
afterAll(() => void vi.resetModules());

const bench = useModule();
beforeAll(async () => {
  const libraries = [
    [addressDefinition(), compileAddresses(bench.directory)],
    [fixedPointDefinition(), systemLibrary('libc.so.6')],
  ] as const;
  for (const [definition, library] of libraries) {
    const manifest = await bench.addModule(definition);
    await bundleProgram(path.join(path.dirname(manifest), 'bin', 'program.cjs'));
    await bench.output(bench.importLine({ NodePath: bench.node, LibraryPath: library }, manifest));
  }
});

/** The program of a module with the kinds of this test in it. */
async function bundleProgram(outfile: string): Promise<void> {
  const kinds = ['test/support/ipv4-kind.ts', 'test/support/fixed-point-kind.ts'];
  const sources = [...kinds, 'src/cli/module-program.ts'].map((file) => path.join(ROOT, file));
  const options: BuildOptions = {
    stdin: { contents: sources.map((file) => `require(${JSON.stringify(file)});`).join('\n'), resolveDir: ROOT },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { DLLET_VERSION: '"0.0.0"' },
    supported: { 'dynamic-import': false },
    logLevel: 'error',
    plugins: [
      {
        name: 'own-addon',
        setup({ onResolve }) {
          onResolve({ filter: /^koffi$/ }, () => ({ path: path.join(path.dirname(KOFFI), 'index.cjs') }));
          onResolve({ filter: /\/static\.cjs$/ }, () => ({ path: path.join(ROOT, 'src/native/own-addon.ts') }));
        },
      },
    ],
  };
  await build(options);
}

it('goes from a cmdlet to the function and back', async () => {
  expect(await bench.output("(Get-AddressNetwork -Address '10.20.30.40' -Prefix 12).Network")).toEqual(['10.16.0.0']);
  expect(await bench.output('(Get-LoopbackAddress).Address')).toEqual(['127.0.0.1']);
});

it('goes through a pipeline', async () => {
  const objects =
    "@{ Address = '10.1.2.3'; Prefix = 8 }, @{ Address = '10.1.2.3'; Prefix = 16 } | ForEach-Object { [pscustomobject] $_ }";
  expect(await bench.output(`(${objects} | Get-AddressNetwork).Network`)).toEqual(['10.0.0.0', '10.1.0.0']);
});

it('has a type expression of its own', async () => {
  expect(await bench.output('-2.25, 0.5 | Get-Magnitude | ForEach-Object Value')).toEqual(['2.25', '0.5']);
});

it('is refused by the program in the words of the kind', async () => {
  const { fullyQualifiedErrorId, message } = await bench.failure("Get-AddressNetwork -Address 'nowhere' -Prefix 8");
  expect(fullyQualifiedErrorId).toBe('InvalidParameter,Get-AddressNetwork');
  expect(message).toContain('must be an IPv4 address');
});
