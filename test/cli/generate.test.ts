import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLIENT } from '../../src/generator/assemblies.js';
import { dllet } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { editedSample, toText } from '../support/definitions.js';
import { temporaryDirectory } from '../support/directories.js';

function place() {
  const directory = temporaryDirectory();
  const definition = path.join(directory, 'sample.json');
  writeFileSync(definition, toText(editedSample()));
  const out = path.join(directory, 'Sample');
  return {
    definition,
    out,
    generate: (...more: string[]) => dlletInside(['generate', definition, '--out', out, ...more]),
  };
}

const files = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('bin') && name.includes('.'))
    .sort()
    .map((name) => readFileSync(path.join(directory, name), 'utf8'));

describe('generate', () => {
  it('writes a module with its program, and --check lists what is no longer in step', async () => {
    const { definition, out, generate } = place();
    const first = await generate();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toContain(`written  ${path.join(out, 'Sample.psd1')}\n`);
    expect(readdirSync(path.join(out, 'bin')).sort()).toEqual([
      CLIENT,
      'definition.json',
      'dllet.cjs',
      'node_modules',
      'on-demand.cjs',
      'program.cjs',
      'verify.cjs',
    ]);
    expect(await generate('--check')).toEqual({
      status: 0,
      stdout: `${out}: matches the definition\n`,
      stderr: '',
    });

    rmSync(path.join(out, 'Sample.psd1'));
    writeFileSync(path.join(out, 'Sample.psm1'), '');
    writeFileSync(path.join(out, 'more.txt'), '');
    expect(await generate('--check')).toEqual({
      status: 1,
      stdout: [
        `missing  ${path.join(out, 'Sample.psd1')}`,
        `changed  ${path.join(out, 'Sample.psm1')}`,
        `extra    ${path.join(out, 'more.txt')}`,
        '',
      ].join('\n'),
      stderr: `the module does not match its definition; run: dllet generate ${definition} --out ${out}\n`,
    });
  });

  it('writes the reference pages too, and keeps them in step', async () => {
    const { definition, out, generate } = place();
    const docs = path.join(path.dirname(out), 'docs');
    const first = await generate('--docs', docs);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const pages = [
      'README.md',
      'about_Sample.md',
      'Get-RedItem.md',
      'Get-BlueItem.md',
      'Set-RedItem.md',
      'Set-BlueItem.md',
    ];
    expect(readdirSync(docs).sort()).toEqual([...pages, 'Test-Item.md', 'Test-SampleModule.md'].sort());
    expect(first.stdout).toContain(`written  ${path.join(docs, 'README.md')}\n`);
    expect((await generate('--docs', docs, '--check')).status).toBe(0);

    rmSync(path.join(docs, 'Test-Item.md'));
    writeFileSync(path.join(docs, 'README.md'), '');
    writeFileSync(path.join(docs, 'mine.md'), 'mine');
    const checked = await generate('--docs', docs, '--check');
    expect(checked.status).toBe(1);
    expect(checked.stdout).toBe(
      [
        `${out}: matches the definition`,
        `missing  ${path.join(docs, 'Test-Item.md')}`,
        `changed  ${path.join(docs, 'README.md')}`,
        `extra    ${path.join(docs, 'mine.md')}`,
        '',
      ].join('\n'),
    );
    expect(checked.stderr).toContain(`run: dllet generate ${definition} --out ${out} --docs ${docs}\n`);
  });

  it('--check writes nothing', async () => {
    const { out, generate } = place();
    expect((await generate('--check')).status).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  it('gives the same bytes wherever and whenever it runs', async () => {
    const { definition, out } = place();
    const other = path.join(temporaryDirectory(), 'Sample');
    const elsewhere = {
      cwd: path.dirname(definition),
      environment: { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    };
    await Promise.all([
      dllet(['generate', definition, '--out', out]),
      dllet(['generate', 'sample.json', '--out', other], elsewhere),
    ]);
    expect(files(other)).toEqual(files(out));
    expect(files(out)).toHaveLength(11);
  });

  it.each([
    ['Wrong', 'Wrong'],
    ['Sample/2.0.0', '2.0.0'],
    ['sample', 'sample'],
    ['.', '.*'],
  ])('refuses the folder %s, which PowerShell could not import, and says what to write', async (folder, last) => {
    const { definition, out } = place();
    const directory = path.dirname(definition);
    for (const more of [[], ['--check']]) {
      const finished = await dlletInside(['generate', definition, '--out', path.join(directory, folder), ...more]);
      expect(finished).toMatchObject({ status: 2, stdout: '' });
      expect(finished.stderr).toMatch(
        new RegExp(
          `only import the module Sample from a directory of the same name, .* ends with '${last}'; write --out .*Sample`,
        ),
      );
    }
    expect(existsSync(out)).toBe(false);
  });

  it('takes a folder for the version in that of the module', async () => {
    const { definition, out } = place();
    const finished = await dlletInside(['generate', definition, '--out', path.join(out, '1.2.3')]);
    expect(finished).toMatchObject({ status: 0, stderr: '' });
  });

  it('refuses a link in place of the program, or of a file, and writes nothing', async () => {
    const { out, generate } = place();
    const elsewhere = path.join(path.dirname(out), 'elsewhere');
    for (const name of ['bin', 'Sample.psm1']) {
      rmSync(out, { recursive: true, force: true });
      rmSync(elsewhere, { recursive: true, force: true });
      mkdirSync(out);
      mkdirSync(elsewhere);
      writeFileSync(path.join(elsewhere, 'dllet.cjs'), '# Generated by dllet 0.1.0 from the definition Sample.');
      symlinkSync(name === 'bin' ? elsewhere : path.join(elsewhere, 'dllet.cjs'), path.join(out, name));
      const finished = await generate();
      expect(finished).toMatchObject({ status: 1, stdout: '' });
      expect(finished.stderr).toContain(`  ${name}\nnothing was written`);
      expect(readdirSync(elsewhere)).toEqual(['dllet.cjs']);
      expect(readFileSync(path.join(elsewhere, 'dllet.cjs'), 'utf8')).toMatch(/Sample\.$/);
      expect(readdirSync(out)).toEqual([name]);
    }
  });

  it.each<[string, string]>([
    ['a file of somebody else', 'Sample.psm1'],
    ["a program's folder that holds something else", 'bin/mine.txt'],
  ])('refuses to touch %s, and writes nothing', async (_name, file) => {
    const { out, generate } = place();
    mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
    writeFileSync(path.join(out, file), 'mine');
    const finished = await generate();
    expect(finished).toMatchObject({ status: 1, stdout: '' });
    expect(finished.stderr).toContain(`  ${file}\nnothing was written`);
    expect(readFileSync(path.join(out, file), 'utf8')).toBe('mine');
    expect(readdirSync(out)).toHaveLength(1);
  });

  it('writes nothing for a definition with mistakes', async () => {
    const { definition, out, generate } = place();
    writeFileSync(definition, toText(editedSample({ '/colour': 1 })));
    expect(await generate()).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("'colour' is not known here"),
    });
    expect(existsSync(out)).toBe(false);
  });
});
