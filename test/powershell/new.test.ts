/** From a C prototype to a cmdlet with help, in one command and without an editor. */
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import type { PowerShellSession } from '../../src/powershell/session.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';
import { openEngine } from '../support/powershell-module.js';

const CRC32 =
  'unsigned long crc32([in] unsigned long crc, [in, bytes(len)] const unsigned char *buf, [in] unsigned int len)';

describe.skipIf(process.platform !== 'linux')('dllet new --generate', () => {
  let session: PowerShellSession;
  beforeAll(async () => {
    session = await openEngine();
  });
  afterAll(() => session?.close());

  it('makes a module that can be imported, with help, and that calls', async () => {
    const folder = temporaryDirectory();
    const out = path.join(folder, 'zlib.json');
    const args = [
      '--library',
      'libz.so.1',
      '--prototype',
      CRC32,
      '--name',
      'Contoso.Zlib',
      '--out',
      out,
      '--generate',
      folder,
    ];
    const named = ['--cmdlet', 'Get-Crc32=crc32'];
    const { status, stdout } = await dlletInside(['new', ...args, ...named]);
    expect(status).toBe(0);
    const [, next = ''] = /^next, in PowerShell: (.*)$/m.exec(stdout) ?? [];
    expect(next).toContain(path.join(folder, 'Contoso.Zlib'));

    const { output, errors } = await session.run(
      `${next} | Out-String\n(Get-Command -Module Contoso.Zlib).Name -join ' '\nGet-Crc32 0 ([byte[]][char[]]'hello')\n` +
        '(Get-Help about_Contoso.Zlib | Out-String).Contains("about_Contoso.Zlib")\n' +
        '(Test-ContosoZlibModule -PassThru)[0].PSTypeNames[0]',
    );
    expect(errors).toEqual([]);
    const [help, names, value, about, type] = output.map((one) => String(toPlain(one)));
    expect(help).toMatch(/Get-Crc32 \[-crc\] <UInt64> \[-buf\] <Byte\[\]>/i);
    expect(help).toMatch(/calls crc32 of libz\.so\.1/i);
    expect([names, value]).toEqual(['Get-Crc32 Test-ContosoZlibModule', String(crc32('hello'))]);
    expect([about, type]).toEqual(['True', 'Contoso.Zlib.FileDeviation']);
  });
});
