/** Builds the fault bridge and returns its text, a script for node. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export async function buildFaultBridge(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: ['koffi'],
    write: false,
    minifySyntax: true,
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}
