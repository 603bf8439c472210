import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { CLIENT } from '../../src/generator/assemblies.js';
import { assembleModule } from '../../src/package/assemble.js';
import { compareWithCatalog } from '../../src/package/catalog.js';
import { identifyNode } from '../../src/package/node-exe.js';
import { sealModule } from '../../src/package/pack.js';
import { readPackageList } from '../../src/package/package-list.js';
import { dllet } from '../support/cli.js';
import { editedSample, sampleDefinition, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';
import { contentOf, fakeNode, filesIn, HERE, packSample } from './support.js';

/** A node.exe, with the licence that lies beside it in a release. */
function nodeRelease(facts?: Parameters<typeof fakeNode>[0]): string {
  const directory = temporaryDirectory();
  writeFileSync(path.join(directory, 'node.exe'), fakeNode(facts));
  writeFileSync(path.join(directory, 'LICENSE'), 'The licence of Node.js and others.\r\n');
  return path.join(directory, 'node.exe');
}

it('names its own node.exe in the DSC manifests where it has one', async () => {
  const definition = await loadDefinition('PersistentPortReservation');
  const content = fakeNode();
  const own = { content, facts: identifyNode(content), licence: undefined };
  const executableOf = async (node: typeof own | undefined) => {
    const parts = { definition, packages: readPackageList(), addons: [], licence: 'x', ownLicence: 'x', node };
    const text = Buffer.from((await assembleModule(parts)).get('PersistentPortReservation.dsc.resource.json') ?? '');
    return (JSON.parse(text.toString('utf8')) as { get: { executable: string } }).get.executable;
  };
  expect(await executableOf(undefined)).toBe('node');
  expect(await executableOf(own)).toBe('bin/node.exe');
});

describe('the folder', () => {
  it('is <out>/<Name>/<version> and holds exactly this', async () => {
    const out = temporaryDirectory();
    const { directory, files } = await packSample({ out });
    expect(directory).toBe(path.join(out, 'Sample', '1.2.3'));
    expect(readdirSync(out).sort()).toEqual(['Sample', 'Sample.1.2.3.nupkg']);
    expect(readdirSync(path.join(out, 'Sample'))).toEqual(['1.2.3']);
    expect(filesIn(directory)).toEqual(files);
    const addon = `bin/node_modules/@koromix/koffi-${HERE}/`;
    expect(files.filter((file) => !file.startsWith(addon))).toEqual([
      'LICENSE',
      'RoleCapabilities/SampleOperator.psrc',
      'RoleCapabilities/SampleReader.psrc',
      'Sample.Constrained.ps1',
      'Sample.Format.ps1xml',
      'Sample.Verification.ps1',
      'Sample.catalog.json',
      'Sample.cdx.json',
      'Sample.psd1',
      'Sample.psm1',
      'THIRD-PARTY-NOTICES.txt',
      `bin/${CLIENT}`,
      'bin/definition.json',
      'bin/dllet.cjs',
      'bin/on-demand.cjs',
      'bin/program.cjs',
      'bin/verify.cjs',
      'en-US/Sample-help.xml',
      'en-US/about_Sample.help.txt',
      'facts.json',
      'tests/Sample.Tests.ps1',
    ]);
    const addonFiles = files.filter((file) => file.startsWith(addon)).map((file) => file.slice(addon.length));
    expect(addonFiles).toEqual(expect.arrayContaining(['index.js', 'package.json']));
    expect(addonFiles.filter((file) => !/^(index\.js|package\.json|[a-z0-9_]+\/koffi\.node)$/.test(file))).toEqual([]);
  });

  it('and the .nupkg are the same bytes every time, also over an earlier run', async () => {
    const out = temporaryDirectory();
    await packSample({ out });
    const first = contentOf(out);
    writeFileSync(path.join(out, 'Sample', '1.2.3', 'LICENSE'), 'changed');
    rmSync(path.join(out, 'Sample', '1.2.3', 'Sample.psd1'));
    await packSample({ out });
    expect(contentOf(out)).toEqual(first);
    const elsewhere = temporaryDirectory();
    await packSample({ out: elsewhere });
    expect(contentOf(elsewhere)).toEqual(first);
  });

  it('names no place of this machine', async () => {
    const { directory, files } = await packSample();
    for (const file of files.filter((one) => !one.endsWith('.node'))) {
      const text = readFileSync(path.join(directory, file), 'utf8');
      expect(text.includes(directory) || text.includes(process.cwd()), file).toBe(false);
    }
  });

  it('lists the licence of everything that it passes on', async () => {
    const licenceFile = path.join(temporaryDirectory(), 'mine.txt');
    writeFileSync(licenceFile, 'Mine.');
    const { directory } = await packSample({ licenceFile });
    expect(readFileSync(path.join(directory, 'LICENSE'), 'utf8')).toBe('Mine.');
    const notices = readFileSync(path.join(directory, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['dllet ', 'koffi ', 'write-file-atomic ', 'proper-lockfile ', 'graceful-fs ', 'retry ']) {
      expect(notices).toContain(`\n${name}`);
    }
    expect(notices).toContain('Copyright (c) 2026 The dllet authors');
    expect(notices).toContain(`in bin/*.cjs, bin/${CLIENT} and the generated scripts\n`);
    expect(notices).not.toContain('Node.js');
  });
});

describe('files that nobody packed', () => {
  it.each<[string, string, string]>([
    ['beside the packed ones', 'Sample/1.2.3/mine.txt', 'mine.txt'],
    ['in a folder below', 'Sample/1.2.3/bin/node_modules/mine/index.js', 'bin/node_modules/mine/index.js'],
    ['under the name of the package', 'Sample.1.2.3.nupkg', 'Sample.1.2.3.nupkg'],
  ])('%s are not touched, and nothing is written', async (_name, file, named) => {
    const out = temporaryDirectory();
    await packSample({ out });
    mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
    writeFileSync(path.join(out, file), 'mine');
    const before = contentOf(out);
    await expect(packSample({ out, licenceFile: nodeRelease() })).rejects.toThrow(`  ${named}\nnothing was written`);
    expect(contentOf(out)).toEqual(before);
  });

  it('in the place of the folder are not touched either', async () => {
    const out = temporaryDirectory();
    mkdirSync(path.join(out, 'Sample', '1.2.3'), { recursive: true });
    writeFileSync(path.join(out, 'Sample', '1.2.3', 'Sample.psd1'), 'mine');
    await expect(packSample({ out })).rejects.toThrow('  Sample.psd1\n');
    expect(readFileSync(path.join(out, 'Sample', '1.2.3', 'Sample.psd1'), 'utf8')).toBe('mine');
  });

  it('elsewhere in the same folder stay: other modules, other versions', async () => {
    const out = temporaryDirectory();
    for (const file of ['Other.1.0.0.nupkg', 'Sample/1.0.0/Sample.psd1', 'notes.txt']) {
      mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
      writeFileSync(path.join(out, file), 'mine');
    }
    await packSample({ out });
    expect(readFileSync(path.join(out, 'Sample', '1.0.0', 'Sample.psd1'), 'utf8')).toBe('mine');
    expect(readdirSync(out).sort()).toEqual(['Other.1.0.0.nupkg', 'Sample', 'Sample.1.2.3.nupkg', 'notes.txt']);
  });
});

describe('a failure', () => {
  it('leaves no half-made folder', async () => {
    const out = path.join(temporaryDirectory(), 'out');
    await expect(packSample({ out, platforms: ['win32-mips'] })).rejects.toThrow(/no addon/);
    await expect(packSample({ out, licenceFile: path.join(out, 'absent') })).rejects.toThrow(/ENOENT/);
    expect(filesIn(path.dirname(out))).toEqual([]);
  });
});

describe('node.exe', () => {
  it.each<[string, Parameters<typeof fakeNode>[0], RegExp]>([
    ['too old', { version: '18.20.4' }, /node\.exe is Node\.js 18\.20\.4; the module needs 20\.19 or later/],
    [
      'for a platform that is left out',
      {},
      /is for win32-x64, for which the package has no addon: add --platform win32-x64/,
    ],
    ['another program', { product: 'x' }, /is not a node\.exe/],
  ])('%s is refused', async (_name, facts, message) => {
    await expect(packSample({ nodeFile: nodeRelease(facts) })).rejects.toThrow(message);
  });

  it('that is not there is refused', async () => {
    await expect(packSample({ nodeFile: '/absent/node.exe' })).rejects.toThrow(/cannot read the node\.exe to pack/);
  });
});

describe('after signing', () => {
  it('everything is made anew from the folder as it is', async () => {
    const out = temporaryDirectory();
    const { directory, files } = await packSample({ out });
    const signed = files.filter((file) => /\.(ps1|psm1|psd1|ps1xml|node|dll)$/.test(file));
    for (const file of signed) {
      const signature = '\r\n# SIG # Begin signature block\r\n# SIG # End signature block\r\n';
      writeFileSync(
        path.join(directory, file),
        Buffer.concat([readFileSync(path.join(directory, file)), Buffer.from(signature)]),
      );
    }
    writeFileSync(path.join(directory, 'Sample.cat'), 'made for an earlier folder');
    expect(signed).toContain(`bin/${CLIENT}`);
    expect((await compareWithCatalog(directory)).map((one) => one.path)).toEqual(signed);
    await sealModule(sampleDefinition(), out);
    expect(await compareWithCatalog(directory)).toEqual([]);
    expect(readFileSync(path.join(directory, 'Sample.psm1'), 'utf8')).toContain('# SIG # End');
  });

  it('a Windows catalog goes into the .nupkg, and stays right: nothing that it covers changes again', async () => {
    const out = temporaryDirectory();
    const { directory, nupkg } = await packSample({ out });
    await sealModule(sampleDefinition(), out);
    writeFileSync(path.join(directory, 'Sample.cat'), 'of the folder as it is now');
    const before = contentOf(directory);
    await sealModule(sampleDefinition(), out);
    expect(contentOf(directory)).toEqual(before);
    expect(Object.keys(unzipSync(readFileSync(nupkg)))).toContain('Sample.cat');
  });

  it.each<[string, string, RegExp]>([
    ['a changed program', 'bin/dllet.cjs', /changed {4}bin\/dllet\.cjs/],
    ['an additional file', 'bin/more.js', /extra {6}bin\/more\.js/],
    ['a changed catalog', 'Sample.catalog.json', /changed {4}Sample\.catalog\.json/],
  ])('%s is refused, and nothing is written', async (_name, file, message) => {
    const out = temporaryDirectory();
    const { directory } = await packSample({ out });
    writeFileSync(path.join(directory, file), 'x');
    const before = contentOf(out);
    await expect(sealModule(sampleDefinition(), out)).rejects.toThrow(message);
    expect(contentOf(out)).toEqual(before);
  });
});

describe('on the command line', () => {
  function place() {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, 'sample.json'), toText(editedSample()));
    const pack = (...more: string[]) => dllet(['pack', 'sample.json', '--out', 'out', ...more], { cwd: directory });
    return { directory, pack };
  }

  it('says what was made', async () => {
    const { directory, pack } = place();
    const { status, stdout, stderr } = await pack('--platform', HERE);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const count = filesIn(path.join(directory, 'out', 'Sample')).length;
    expect(stdout).toBe(
      `${path.join('out', 'Sample', '1.2.3')}: ${count} files\n${path.join('out', 'Sample.1.2.3.nupkg')}\n`,
    );
    expect(await pack('--seal')).toMatchObject({ status: 0, stdout });
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown platform', ['--platform', 'amiga'], 1, /koffi has no addon for 'amiga'/],
    [
      'something that is no node.exe',
      ['--platform', HERE, '--with-node', 'sample.json'],
      1,
      /is not a Windows program/,
    ],
    ['sealing with other options', ['--seal', '--platform', HERE], 2, /--seal uses the existing directory/],
    ['sealing what was never packed', ['--seal'], 1, /missing {4}Sample\.catalog\.json/],
  ])('%s is an error', async (_name, args, status, message) => {
    const { directory, pack } = place();
    expect(await pack(...args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    expect(readdirSync(directory)).toEqual(['sample.json']);
  });
});
