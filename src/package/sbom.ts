/**
 * Software bills of materials: CycloneDX 1.6 as JSON. Written without a library because they are small and must be
 * reproducible: they omit the optional time stamp and serial number.
 */
import { createHash } from 'node:crypto';
import type { PackageFacts } from './package-list.js';

interface Hash {
  readonly alg: 'SHA-256' | 'SHA-512';
  readonly content: string;
}

export interface Component {
  readonly type: 'application' | 'library' | 'file';
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly scope?: 'required' | 'optional';
  readonly hashes?: readonly Hash[];
  readonly licenses?: readonly unknown[];
  readonly copyright?: string;
  readonly cpe?: string;
  readonly purl?: string;
  readonly properties?: readonly { name: string; value: string }[];
  readonly components?: readonly Component[];
}

export interface Sbom {
  /** The component that the bill of materials describes. */
  readonly subject: Component;
  readonly components: readonly Component[];
  /** Maps a component's reference to those of its dependencies. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly generator: { readonly name: string; readonly version: string };
}

/** The suffix of every such file; tools recognize CycloneDX by it. */
export const SBOM_EXTENSION = '.cdx.json';

export function renderSbom({ subject, components, dependencies, generator }: Sbom): string {
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', ...generator }] },
      component: subject,
    },
    components,
    dependencies: Object.entries(dependencies)
      .map(([ref, dependsOn]) => ({ ref, dependsOn: [...dependsOn].sort() }))
      .sort((one, other) => (one.ref < other.ref ? -1 : 1)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A package from npm. `files` are its redistributed files. */
export function npmComponent(facts: PackageFacts, files: readonly Component[] = []): Component {
  const [group, name] = facts.name.startsWith('@') ? facts.name.split('/') : [undefined, facts.name];
  return {
    type: 'library',
    'bom-ref': npmPurl(facts.name, facts.version),
    ...(group === undefined ? {} : { group }),
    name: name as string,
    version: facts.version,
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(facts.integrity.slice('sha512-'.length), 'base64').toString('hex') },
    ],
    licenses: licenses(facts.license),
    purl: npmPurl(facts.name, facts.version),
    ...(files.length === 0 ? {} : { components: files }),
  };
}

/** A file of the package, with the digests of its content. */
export function fileComponent(path: string, content: Uint8Array): Component {
  return { type: 'file', 'bom-ref': `file:${path}`, name: path, hashes: hashesOf(content) };
}

export function hashesOf(content: Uint8Array): Hash[] {
  return [
    { alg: 'SHA-256', content: createHash('sha256').update(content).digest('hex') },
    { alg: 'SHA-512', content: createHash('sha512').update(content).digest('hex') },
  ];
}

/** A single SPDX id, or an expression of several. */
export function licenses(expression: string): unknown[] {
  return /^[A-Za-z0-9.-]+$/.test(expression) ? [{ license: { id: expression } }] : [{ expression }];
}

/** The package URL; the @ of a scope is escaped. */
export function npmPurl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}
