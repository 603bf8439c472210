/**
 * The rules by which a version of DSC finds manifests in a folder and accepts them. Source: PowerShell/DSC,
 * `resource_manifest.rs` (an unknown top-level key, or an argument object that the version does not know, makes it
 * reject the manifest) and `command_discovery.rs`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const DSC_VERSIONS = ['3.0', '3.1', '3.2', '3.3'] as const;

export type DscVersion = (typeof DSC_VERSIONS)[number];

export type Argument = string | Readonly<Record<string, unknown>>;

export interface Method {
  readonly executable: string;
  readonly args?: readonly Argument[];
  readonly input?: 'stdin' | 'env';
  readonly return?: 'state' | 'stateAndDiff';
  readonly handlesExist?: boolean;
  readonly implementsPretest?: boolean;
}

export type MethodName = 'get' | 'set' | 'test' | 'delete' | 'export';

export interface Manifest extends Partial<Record<MethodName, Method>> {
  readonly $schema: string;
  readonly type: string;
  readonly version: string;
  readonly kind?: string;
  readonly exitCodes?: Readonly<Record<string, string>>;
  readonly schema?: { readonly embedded?: Readonly<Record<string, unknown>> };
}

export interface FoundManifest {
  readonly manifest: Manifest;
  /** The working directory of its processes. */
  readonly directory: string;
}

/** True if a version is at least another one. */
export function isAtLeast(version: DscVersion, other: DscVersion): boolean {
  return DSC_VERSIONS.indexOf(version) >= DSC_VERSIONS.indexOf(other);
}

const BASE_KEYS =
  '$schema type kind version description tags get set whatIf test delete export validate resolve adapter exitCodes schema';

/** Returns why a version rejects a manifest; undefined if it accepts it. */
export function refusalOf(manifest: Manifest, version: DscVersion): string | undefined {
  const keys = new Set(BASE_KEYS.split(' '));
  if (isAtLeast(version, '3.2')) for (const key of ['condition', 'deprecationMessage', 'metadata']) keys.add(key);
  const unknown = Object.keys(manifest).find((key) => !keys.has(key));
  if (unknown !== undefined) return `unknown field ${unknown}`;
  for (const key of ['$schema', 'type', 'version'] as const) if (!manifest[key]) return `missing field ${key}`;
  if (!/^\w+(\.\w+){0,2}\/\w+$/.test(manifest.type)) return `invalid type ${manifest.type}`;
  if (!/^\d+\.\d+\.\d+$/.test(manifest.version)) return `invalid version ${manifest.version}`;
  for (const name of ['get', 'set', 'test', 'delete', 'export'] as const) {
    for (const argument of manifest[name]?.args ?? []) {
      const key = typeof argument === 'string' ? undefined : Object.keys(argument)[0];
      if (key !== undefined && !argumentKeys(version, name).includes(key)) return `${name} has the argument ${key}`;
    }
  }
  return undefined;
}

function argumentKeys(version: DscVersion, method: MethodName): string[] {
  const canWhatIf = isAtLeast(version, '3.2') && (method === 'set' || method === 'delete');
  return [
    'jsonInputArg',
    ...(isAtLeast(version, '3.2') ? ['resourceTypeArg', 'resourcePathArg'] : []),
    ...(canWhatIf ? ['whatIfArg'] : []),
    ...(isAtLeast(version, '3.3') ? ['resourceVersionArg', 'adaptedContentArg'] : []),
  ];
}

/** Returns the manifests of a folder, without subfolders, that a version accepts. */
export function discover(directory: string, version: DscVersion): FoundManifest[] {
  const read = (file: string) => JSON.parse(readFileSync(path.join(directory, file), 'utf8'));
  const files = readdirSync(directory);
  const single = files.filter((file) => /\.dsc\.resource\.json$/i.test(file)).map((file) => read(file) as Manifest);
  const lists = isAtLeast(version, '3.2') ? files.filter((file) => /\.dsc\.manifests\.json$/i.test(file)) : [];
  const listed = lists.flatMap((file) => (read(file) as { resources: Manifest[] }).resources);
  return [...single, ...listed]
    .filter((manifest) => refusalOf(manifest, version) === undefined)
    .map((manifest) => ({ manifest, directory }));
}

/** Returns the newest version of a type. Throws if there is none. */
export function findManifest(directory: string, version: DscVersion, type: string): FoundManifest {
  const found = discover(directory, version)
    .filter(({ manifest }) => manifest.type.toLowerCase() === type.toLowerCase())
    .sort((one, other) => compareVersions(other.manifest.version, one.manifest.version));
  if (!found[0]) throw new Error(`DSC ${version} finds no ${type} in ${directory}`);
  return found[0];
}

function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
