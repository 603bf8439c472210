import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { ASSEMBLIES, CLIENT } from '../../src/generator/assemblies.js';
import { identityOf } from '../../src/package/assemble.js';
import { sha256 } from '../../src/package/catalog.js';
import { readFiles } from '../../src/package/files.js';
import { identifyNode } from '../../src/package/node-exe.js';
import { NPM_SBOM_FILE, ownBinaries } from '../../src/package/npm-package.js';
import { readPackageList } from '../../src/package/package-list.js';
import { renderModuleSbom } from '../../src/package/sbom-module.js';
import { renderNpmSbom } from '../../src/package/sbom-npm.js';
import { ROOT } from '../support/cli.js';
import { sampleDefinition } from '../support/definitions.js';
import { fakeNode, HERE, packSample } from './support.js';

interface Found {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: unknown[];
  readonly hashes?: { alg: string; content: string }[];
  readonly components?: Found[];
}

interface Sbom {
  readonly metadata: { readonly component: Found };
  readonly components: Found[];
  readonly dependencies: { ref: string; dependsOn: string[] }[];
}

/** Returns the mistakes of a document according to the schema of CycloneDX 1.6. */
function mistakesIn(bom: unknown): unknown {
  const schemas = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res',
    'schema',
  );
  const schema = (name: string) => JSON.parse(readFileSync(path.join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: true, allErrors: true, logger: false });
  ajvFormats.default(ajv);
  for (const name of ['spdx', 'jsf-0.82']) {
    ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
  }
  ajv.validate(schema('bom-1.6'), bom);
  return ajv.errors;
}

/** Every reference to a component is to one that is there, and each is described once. */
function checkReferences({ metadata, components, dependencies }: Sbom): void {
  const refs = [metadata.component, ...components].map((one) => one['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  expect(dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
  for (const { dependsOn } of dependencies) for (const ref of dependsOn) expect(refs).toContain(ref);
}

const digestOf = ({ hashes }: Found, algorithm: string) => hashes?.find(({ alg }) => alg === algorithm)?.content;

describe('of a module', () => {
  it('is valid, and lists the program, what is bundled in it, koffi and its addons', async () => {
    const { directory } = await packSample();
    const bom = JSON.parse(readFileSync(path.join(directory, 'Sample.cdx.json'), 'utf8')) as Sbom;
    expect(mistakesIn(bom)).toBeNull();
    checkReferences(bom);
    expect(bom.metadata.component).toMatchObject({ name: 'Sample', version: '1.2.3', purl: 'pkg:nuget/Sample@1.2.3' });
    const names = bom.components.map((one) => one.purl);
    for (const bundled of ['write-file-atomic', 'proper-lockfile', 'graceful-fs', 'retry']) {
      expect(names).toContainEqual(expect.stringMatching(new RegExp(`^pkg:npm/${bundled}@`)));
    }
    expect(names).toContainEqual(expect.stringMatching(/^pkg:npm\/dllet@/));
    const own = bom.components.find(({ name }) => name === 'dllet')?.components?.map(({ name }) => name);
    expect(own).toEqual(
      [CLIENT, 'dllet.cjs', 'on-demand.cjs', 'program.cjs', 'verify.cjs'].map((file) => `bin/${file}`),
    );
    expect(names).toContainEqual(`pkg:npm/koffi@${readPackageList().koffi.version}`);
    expect(names).toContainEqual(`pkg:npm/%40koromix/koffi-${HERE}@${readPackageList().koffi.version}`);
    for (const component of bom.components) {
      expect(component.version, component.name).toMatch(/^\d+\.\d+\.\d+/);
      expect(component.licenses, component.name).toHaveLength(1);
      expect(digestOf(component, 'SHA-512') ?? component.components?.length, component.name).toBeTruthy();
      for (const file of component.components ?? []) {
        expect(digestOf(file, 'SHA-256')).toBe(sha256(readFileSync(path.join(directory, file.name))));
      }
    }
  });

  it('lists node.exe with its hash, and that its signature is the one of its publisher', async () => {
    const node = fakeNode();
    const files = (await readFiles((await packSample()).directory)).set('bin/node.exe', node);
    const text = renderModuleSbom(identityOf(sampleDefinition()), readPackageList(), files, identifyNode(node));
    const bom = JSON.parse(text) as Sbom;
    expect(mistakesIn(bom)).toBeNull();
    checkReferences(bom);
    const component = bom.components.find(({ name }) => name === 'node') as Found;
    expect(component).toMatchObject({
      version: '20.19.5',
      cpe: 'cpe:2.3:a:nodejs:node.js:20.19.5:*:*:*:*:*:*:*',
      properties: expect.arrayContaining([
        { name: 'dllet:authenticode', value: 'the signature of the publisher, untouched' },
      ]),
    });
    expect(digestOf(component, 'SHA-256')).toBe(sha256(node));
  });
});

describe('of the npm package', () => {
  const bom = JSON.parse(readFileSync(path.join(ROOT, NPM_SBOM_FILE), 'utf8')) as Sbom;
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

  it('is valid, the same every time, and lists all that npm installs with it', () => {
    expect(mistakesIn(bom)).toBeNull();
    checkReferences(bom);
    expect(JSON.parse(renderNpmSbom(manifest, readPackageList(), ownBinaries(ROOT)))).toEqual(bom);
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(bom.components).toContainEqual(expect.objectContaining({ purl: `pkg:npm/${name}@${version}` }));
    }
    const binaries = bom.metadata.component.components ?? [];
    expect(binaries).toMatchObject(ASSEMBLIES.map((assembly) => ({ type: 'file', name: `dist/${assembly}` })));
    for (const binary of binaries)
      expect(digestOf(binary, 'SHA-256')).toBe(sha256(readFileSync(path.join(ROOT, binary.name))));
    expect(bom.components.map(({ purl }) => purl).join()).not.toMatch(/vitest|esbuild|typescript/);
  });
});
