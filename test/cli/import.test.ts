import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/import/coverage.js';
import { ROOT } from '../support/cli.js';
import { dlletInside as dllet } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';
import { packageOf, smallWinmd } from '../support/winmd-small.js';

const native = (Name: string) => ({ Kind: 'Native', Name });
const fn = (Name: string, Params: unknown[]) => ({
  Name,
  SetLastError: false,
  DllImport: 'IPHLPAPI.dll',
  ReturnType: native('UInt32'),
  Architectures: [],
  Platform: null,
  Attrs: [],
  Params,
});
const DOCUMENT = {
  Types: [],
  Functions: [
    fn('TestPort', [{ Name: 'Port', Type: native('UInt16'), Attrs: ['In'] }]),
    fn('TestMemory', [{ Name: 'Memory', Type: { Kind: 'PointerTo', Child: native('Void') }, Attrs: ['Out'] }]),
  ],
};

function metadata(): { directory: string; file: string } {
  const directory = temporaryDirectory();
  const file = path.join(directory, 'Sample.json');
  writeFileSync(file, `\uFEFF${JSON.stringify(DOCUMENT)}`);
  return { directory, file };
}

describe('import', () => {
  it('writes a definition that validate accepts, and never over a file', async () => {
    const { directory, file } = metadata();
    const out = path.join(directory, 'port.json');
    const args = ['import', file, '--function', 'TestPort', '--name', 'Port', '--out', out];
    const finished = await dllet(args);
    expect(finished).toMatchObject({ status: 0, stdout: `${out}: 1 function of IPHLPAPI.dll\n` });
    expect(finished.stderr).toMatch(/^note: TestPort: Port: the metadata does not give its byte order/m);
    expect(await dllet(['validate', out])).toMatchObject({ status: 0 });
    const before = readFileSync(out, 'utf8');
    expect(await dllet(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/already exists/) });
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  it('prints it without --out', async () => {
    const { status, stdout } = await dllet(['import', metadata().file, '--function', 'TestPort']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'IphlpapiFunctions',
      functions: [expect.stringMatching(/TestPort\(/)],
    });
  });

  it('writes nothing when one of the functions cannot be expressed', async () => {
    const { directory, file } = metadata();
    const out = path.join(directory, 'both.json');
    const finished = await dllet(['import', file, '--function', 'TestPort', 'TestMemory', '--out', out]);
    expect(finished).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^TestMemory, parameter Memory: it is a pointer to memory of unknown size$/m),
    });
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['a pattern', ['--function', 'test*']],
    ['a namespace', ['--namespace', 'Sample']],
  ])('imports what can be imported of %s, and says what was left out', async (_what, args) => {
    const { status, stdout, stderr } = await dllet(['import', metadata().file, ...args]);
    expect({ status, functions: JSON.parse(stdout).functions }).toEqual({
      status: 0,
      functions: [expect.stringMatching(/TestPort\(/)],
    });
    expect(stderr).toMatch(/^skipped: TestMemory, parameter Memory: it is a pointer to memory of unknown size$/m);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown function', ['--function', 'TestPorts'], /no function 'TestPorts'; did you mean TestPort/],
    ['a bad name', ['--function', 'TestPort', '--name', 'a-b'], /'a-b' is not a valid name/],
    ['no function', [], /give --function, --namespace or both/],
    ['a pattern that nothing matches', ['--function', 'Set*'], /no function that matches 'Set\*'/],
    [
      'an unknown namespace',
      ['--namespace', 'Samples'],
      /no namespace 'Samples' in the metadata; did you mean Sample\?/,
    ],
  ])('%s: status 2', async (_name, args, message) => {
    const finished = await dllet(['import', metadata().file, ...args]);
    expect(finished).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('refuses what is not win32json', async () => {
    const { file } = metadata();
    writeFileSync(file, '{}');
    const finished = await dllet(['import', file, '--function', 'X']);
    expect(finished).toMatchObject({ status: 2, stderr: expect.stringMatching(/is not a file of win32json/) });
  });

  describe('from a .winmd file', () => {
    function files() {
      const directory = temporaryDirectory();
      const winmd = path.join(directory, 'Sample.winmd');
      const nupkg = path.join(directory, 'Sample.1.0.0.nupkg');
      writeFileSync(winmd, smallWinmd());
      writeFileSync(nupkg, packageOf(smallWinmd()));
      return { directory, winmd, nupkg };
    }
    const imported = async (...args: string[]) => {
      const { status, stdout, stderr } = await dllet(['import', ...args, '--function', 'GetThingSize']);
      expect({ status, stderr }).toMatchObject({ status: 0 });
      const { module: _, ...definition } = JSON.parse(stdout) as { module: unknown; functions: object };
      return definition;
    };

    it('or from the package that holds it, the same definition', async () => {
      const { winmd, nupkg } = files();
      const definition = await imported(winmd);
      expect(definition).toMatchObject({
        functions: [expect.stringMatching(/GetThingSize\(\[in\] \w+ thing, /i)],
        types: expect.arrayContaining([
          expect.stringMatching(/enum THING_KIND : DWORD \{ THING_SMALL = 1, THING_LARGE = 4294967295 \}/),
        ]),
      });
      expect(await imported('--metadata', winmd)).toEqual(definition);
      expect(await imported('--metadata', nupkg)).toEqual(definition);
    });

    it('names near functions', async () => {
      const { winmd } = files();
      const unknown = await dllet(['import', winmd, '--function', 'GetThingSizes']);
      expect(unknown).toMatchObject({ status: 2, stderr: expect.stringMatching(/did you mean GetThingSize\?/) });
    });

    it('says where a damaged one is wrong, and what to do', async () => {
      const { directory } = files();
      const file = path.join(directory, 'cut.winmd');
      writeFileSync(file, smallWinmd().subarray(0, 1000));
      const finished = await dllet(['import', file, '--function', 'GetThingSize']);
      expect(finished).toMatchObject({ status: 1, stdout: '' });
      expect(finished.stderr).toMatch(
        /^MetadataInvalid: .*cut\.winmd, at byte \d+: the end of section 1 .*\n.*Download it again/,
      );
    });
  });

  it('from a folder of win32json finds the file by the function', async () => {
    const { directory, file } = metadata();
    writeFileSync(path.join(directory, 'Other.json'), JSON.stringify({ Types: [], Functions: [fn('Elsewhere', [])] }));
    const { stdout } = await dllet(['import', '--metadata', directory, '--function', 'TestPort']);
    expect(JSON.parse(stdout)).toMatchObject({ functions: [expect.stringMatching(/TestPort/)] });
    const both = await dllet(['import', directory, '--function', 'TestPort', 'Elsewhere']);
    expect(JSON.parse(both.stdout)).toMatchObject({
      functions: [expect.stringMatching(/TestPort/), expect.stringMatching(/Elsewhere/)],
    });
    expect(await dllet(['import', file, '--function', 'Elsewhere'])).toMatchObject({ status: 2 });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no metadata', [], /^Give the metadata/],
    ['metadata twice', ['a.winmd', '--metadata', 'b.winmd'], /given twice: 'a\.winmd' and 'b\.winmd'/],
    ['a file that is not there', ['none.winmd'], /cannot read the Win32 metadata 'none\.winmd'/],
    ['a folder without json', [path.join(ROOT, 'src', 'winmd')], /has no file of win32json/],
  ])('%s: status 2', async (_name, args, message) => {
    const finished = await dllet(['import', ...args, '--function', 'X']);
    expect(finished).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('coverage', () => {
  it('tells how many functions can be imported, and why the others cannot', async () => {
    const { file } = metadata();
    const { status, stdout } = await dllet(['coverage', file]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Sample +2 +1 +0 +50/m);
    expect(stdout).toContain('1 of 2 functions, 50.0 % of the functions without COM');
    expect(stdout).toMatch(/^ +1 {2}it is a pointer to memory of unknown size$/m);
  });

  it('gives JSON whose numbers add up', async () => {
    const { stdout } = await dllet(['coverage', metadata().file, '--json']);
    const coverage = JSON.parse(stdout) as Coverage;
    expect(coverage).toMatchObject({ functions: 2, expressible: 1, com: 0 });
    expect(coverage.reasons.reduce((sum, { functions }) => sum + functions.length, 0)).toBe(1);
  });
});
