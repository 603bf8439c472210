import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../src/package/assemble.js';
import { isOwnNupkg, renderNuspec, tagsOf } from '../../src/package/nupkg.js';
import { CLI } from '../support/cli.js';
import { editedSample, sampleDefinition, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';
import { HERE, packSample } from './support.js';

const module = identityOf(sampleDefinition());

function entriesOf(nupkg: string): Record<string, string> {
  const entries = Object.entries(unzipSync(readFileSync(nupkg)));
  return Object.fromEntries(entries.map(([file, content]) => [file, Buffer.from(content).toString('base64')]));
}

const textOf = (entries: Record<string, string>, file: string) => Buffer.from(entries[file] ?? '', 'base64').toString();

describe('the package', () => {
  it('holds the files of the module, the .nuspec and the parts of the format, and nothing else', async () => {
    const { directory, nupkg, files } = await packSample();
    expect(path.basename(nupkg)).toBe('Sample.1.2.3.nupkg');
    const entries = entriesOf(nupkg);
    const psmdcp = Object.keys(entries).filter((file) => file.endsWith('.psmdcp'));
    expect(psmdcp).toEqual([
      expect.stringMatching(/^package\/services\/metadata\/core-properties\/[0-9a-f]{32}\.psmdcp$/),
    ]);
    expect(Object.keys(entries)).toEqual(
      [...files, 'Sample.nuspec', '[Content_Types].xml', '_rels/.rels', ...psmdcp].sort(),
    );
    for (const file of files) expect(entries[file]).toBe(readFileSync(path.join(directory, file), 'base64'));
    // Install-PSResource leaves out entries without content.
    for (const [file, content] of Object.entries(entries)) expect(content, file).not.toBe('');
  });

  it('names a content type for every part, and relates the .nuspec and the core properties', async () => {
    const entries = entriesOf((await packSample()).nupkg);
    const types = textOf(entries, '[Content_Types].xml');
    for (const file of Object.keys(entries).filter((one) => one !== '[Content_Types].xml')) {
      const extension = /[^/]*\.([^./]+)$/.exec(file)?.[1];
      expect(types).toContain(extension === undefined ? `PartName="/${file}"` : `Extension="${extension}"`);
    }
    const relations = textOf(entries, '_rels/.rels');
    const core = Object.keys(entries).find((file) => file.endsWith('.psmdcp'));
    expect(relations).toMatch(/packaging\/2010\/07\/manifest" Target="\/Sample\.nuspec" Id="R[0-9A-F]{16}"/);
    expect(relations).toContain(`metadata/core-properties" Target="/${core}"`);
    expect(textOf(entries, core ?? '')).toContain('<dc:identifier>Sample</dc:identifier>');
  });

  it('has no time, no owner and no order of its own: the same bytes in every zone and locale', async () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'sample.json'), toText(editedSample()));
    const packages = [
      { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/Los_Angeles', LC_ALL: 'C' },
    ].map((environment, index) => {
      const args = ['pack', 'sample.json', '--out', `out${index}`, '--platform', HERE];
      execFileSync(process.execPath, [CLI, ...args], { cwd: directory, env: { ...process.env, ...environment } });
      return readFileSync(path.join(directory, `out${index}`, 'Sample.1.2.3.nupkg'));
    });
    expect(packages[1]?.equals(packages[0] as Buffer)).toBe(true);
  });
});

describe('the .nuspec', () => {
  it('says what the manifest says, with the tags of PowerShell', () => {
    expect(renderNuspec(module, ['Get-Item', 'Set-Item'])).toBe(`<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>Sample</id>
    <version>1.2.3</version>
    <authors>Tests</authors>
    <owners>Tests</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>https://example.com/licence</licenseUrl>
    <projectUrl>https://example.com/project</projectUrl>
    <description>A sample.</description>
    <releaseNotes>None.</releaseNotes>
    <copyright>none</copyright>
    <tags>PSModule Sample PSEdition_Desktop PSEdition_Core PSIncludes_Function PSFunction_Get-Item PSCommand_Get-Item PSFunction_Set-Item PSCommand_Set-Item</tags>
    <dependencies />
  </metadata>
</package>
`);
  });

  it('escapes every text', () => {
    const hostile = identityOf(sampleDefinition({ '/module/description': ']]></description><x a="1">&amp;' }));
    expect(renderNuspec(hostile, [])).toContain(
      '<description>]]&gt;&lt;/description&gt;&lt;x a=&quot;1&quot;&gt;&amp;amp;</description>',
    );
  });

  it('leaves the commands out where they would be more than the gallery takes', () => {
    const commands = Array.from({ length: 60 }, (_, index) => `Get-SomethingWithARatherLongName${index}`);
    expect(tagsOf(module, commands)).toEqual(['PSModule', 'Sample', 'PSEdition_Desktop', 'PSEdition_Core']);
  });

  it('lists the commands that the module exports', async () => {
    const nuspec = textOf(entriesOf((await packSample()).nupkg), 'Sample.nuspec');
    for (const name of ['Get-RedItem', 'Get-BlueItem', 'Test-Item', 'Test-SampleModule']) {
      expect(nuspec).toContain(` PSFunction_${name} PSCommand_${name}`);
    }
  });
});

it('is known again only when it is of the same module', async () => {
  const content = readFileSync((await packSample()).nupkg);
  expect(isOwnNupkg(content, module)).toBe(true);
  expect(isOwnNupkg(content, { ...module, name: 'Other' })).toBe(false);
  expect(isOwnNupkg(Buffer.from('mine'), module)).toBe(false);
});
