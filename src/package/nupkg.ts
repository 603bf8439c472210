/**
 * The NuGet package of a module for PowerShell repositories: a zip with the module at its root, a .nuspec, and the
 * three parts of the Open Packaging Conventions.
 *
 * Uses fflate, which has no dependencies and no native code. Its compressor replaces node:zlib, whose output differs
 * between versions and processors, so the same files give the same bytes everywhere.
 */
import { unzipSync, type Zippable, zipSync } from 'fflate';
import { programVersion } from '../generator/generate.js';
import { xmlText } from '../generator/powershell-text.js';
import { sha256 } from './catalog.js';
import { type PackageFiles, sorted } from './files.js';
import type { ModuleIdentity } from './pack-types.js';

/** The maximum length of tags in the PowerShell Gallery. */
const LONGEST_TAGS = 4000;

/** The earliest time in a zip. fflate writes local time, so this is local too: the same bytes in every time zone. */
const TIME = new Date(1980, 0, 1, 12);

/** `commands` are the names of the functions that the module exports. */
export function renderNupkg(module: ModuleIdentity, commands: readonly string[], files: PackageFiles): Uint8Array {
  const text = (content: string) => Buffer.from(content);
  const core = `package/services/metadata/core-properties/${sha256(text(`${module.name} ${module.version}`)).slice(0, 32)}.psmdcp`;
  const all = new Map<string, Uint8Array>([
    ...files,
    [`${module.name}.nuspec`, text(renderNuspec(module, commands))],
    ['[Content_Types].xml', text(renderContentTypes([...files.keys(), `${module.name}.nuspec`]))],
    ['_rels/.rels', text(renderRelations(module, core))],
    [core, text(renderCoreProperties(module, commands))],
  ]);
  const entries: Zippable = Object.fromEntries(
    [...sorted(all)].map(([file, content]) => [file, [content, { mtime: TIME, level: 6, os: 0, attrs: 0 }]]),
  );
  return zipSync(entries);
}

/** True for a package of this module that dllet created. */
export function isOwnNupkg(content: Uint8Array, module: ModuleIdentity): boolean {
  try {
    const nuspec = `${module.name}.nuspec`;
    const found = unzipSync(content, { filter: ({ name }) => name === nuspec })[nuspec];
    return found !== undefined && Buffer.from(found).toString('utf8').includes(`<id>${module.name}</id>`);
  } catch {
    return false;
  }
}

/** The elements that PSResourceGet writes from a manifest, in NuGet's order. */
export function renderNuspec(module: ModuleIdentity, commands: readonly string[]): string {
  const elements: [string, string | undefined][] = [
    ['id', module.name],
    ['version', module.version],
    ['authors', module.author],
    ['owners', module.companyName],
    ['requireLicenseAcceptance', 'false'],
    ['licenseUrl', module.licenseUri],
    ['projectUrl', module.projectUri],
    ['description', module.description],
    ['releaseNotes', module.releaseNotes],
    ['copyright', module.copyright],
    ['tags', tagsOf(module, commands).join(' ')],
  ];
  return `${XML}<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
${elements.flatMap(([name, value]) => (value === undefined ? [] : `    <${name}>${xmlText(value.trim())}</${name}>`)).join('\n')}
    <dependencies />
  </metadata>
</package>
`;
}

/**
 * The manifest's tags, and the tags by which repositories find commands. Commands are omitted if there are too many, as
 * in PowerShellGet.
 */
export function tagsOf(module: ModuleIdentity, commands: readonly string[]): string[] {
  const tags = ['PSModule', ...module.tags, 'PSEdition_Desktop', 'PSEdition_Core'];
  const ofCommands = [
    'PSIncludes_Function',
    ...commands.flatMap((name) => [`PSFunction_${name}`, `PSCommand_${name}`]),
  ];
  const all = [...tags, ...ofCommands];
  return all.join(' ').length <= LONGEST_TAGS ? all : tags;
}

const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

/** One line for each extension; files without one, or with nothing else, are listed by name. */
function renderContentTypes(files: readonly string[]): string {
  const extension = (file: string) => /[^/]\.([^./]+)$/.exec(file)?.[1];
  const octets = 'ContentType="application/octet"';
  const extensions = new Set(files.map(extension).filter((one) => one !== undefined));
  const named = files.filter((file) => extension(file) === undefined).sort();
  return `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />
  <Default Extension="psmdcp" ContentType="application/vnd.openxmlformats-package.core-properties+xml" />
${[...extensions]
  .sort()
  .map((one) => `  <Default Extension="${xmlText(one)}" ${octets} />`)
  .concat(named.map((file) => `  <Override PartName="/${xmlText(file)}" ${octets} />`))
  .join('\n')}
</Types>
`;
}

function renderRelations({ name }: ModuleIdentity, core: string): string {
  const relations = [
    ['http://schemas.microsoft.com/packaging/2010/07/manifest', `/${name}.nuspec`],
    ['http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties', `/${core}`],
  ] as const;
  const lines = relations.map(
    ([type, target]) =>
      `  <Relationship Type="${type}" Target="${xmlText(target)}" Id="R${sha256(Buffer.from(target)).slice(0, 16).toUpperCase()}" />`,
  );
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
${lines.join('\n')}
</Relationships>
`;
}

function renderCoreProperties(module: ModuleIdentity, commands: readonly string[]): string {
  return `${XML}<coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
  <dc:creator>${xmlText(module.author)}</dc:creator>
  <dc:description>${xmlText(module.description)}</dc:description>
  <dc:identifier>${xmlText(module.name)}</dc:identifier>
  <version>${xmlText(module.version)}</version>
  <keywords>${xmlText(tagsOf(module, commands).join(' '))}</keywords>
  <lastModifiedBy>dllet ${programVersion()}</lastModifiedBy>
</coreProperties>
`;
}
