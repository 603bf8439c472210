import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dllet } from '../support/cli.js';
import { temporaryDirectory } from '../support/directories.js';

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
    expect(finished.stderr).toMatch(/^note: TestPort: Port: its byte order cannot be known/m);
    expect(await dllet(['validate', out])).toMatchObject({ status: 0 });
    const before = readFileSync(out, 'utf8');
    expect(await dllet(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/exists already/) });
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  it('prints it without --out', async () => {
    const { status, stdout } = await dllet(['import', metadata().file, '--function', 'TestPort']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'IphlpapiFunctions', functions: { TestPort: {} } });
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

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown function', ['--function', 'TestPorts'], /no function 'TestPorts'; did you mean TestPort/],
    ['a bad name', ['--function', 'TestPort', '--name', 'a-b'], /the name 'a-b' is not/],
    ['no function', [], /Missing required argument: function/],
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
});
