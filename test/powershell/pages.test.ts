/** The sessions on the pages for newcomers, and on that of a blocked port: each command shows what the page says. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toPlain } from '../../src/powershell/result.js';
import { dllet } from '../support/cli.js';
import { codeBlocks } from '../support/markdown.js';
import { patternOf, type ShownCommand, shownCommands, wordsOf } from '../support/pages.js';
import { quoted, useModule } from '../support/powershell-module.js';

const module = useModule();

/** The ranges that Windows NAT holds, in TCP, on the computer of a page. */
const PAGES = [
  ['README.md', []],
  ['docs/first-module.md', []],
  ['docs/blocked-port.md', ['55600-55699']],
] as const;

describe.skipIf(process.platform !== 'linux').each(PAGES)('%s', (page, blocked) => {
  let directory = '';
  let state = '';
  beforeAll(async () => {
    directory = mkdtempSync(path.join(module.directory, 'page-'));
    state = path.join(directory, 'state');
    await block(state);
    const simulated = module.importLine({ Backend: 'Simulated', StatePath: state });
    const { errors } = await module.run(
      `Set-StrictMode -Off\n$PSStyle.OutputRendering = 'PlainText'\nSet-Location ${quoted(directory)}\n${simulated}`,
    );
    expect(errors).toEqual([]);
  });

  const blocks = codeBlocks(page).filter((block) => !isOfWindows(block.text));

  for (const block of blocks) {
    if (block.language === 'console') {
      for (const shown of shownCommands(block)) test(`${shown.place}: ${shown.command}`, () => isAsShown(shown));
    } else if (block.language === 'powershell') {
      test(`${page}:${block.line} runs, in the simulation`, () => runs(block.text));
    } else if (block.language === 'yaml') {
      test(`${page}:${block.line} is the state that there is, as DSC asks for it`, () => isState(block.text));
    } else if (block.language === 'json' || block.text.startsWith('  "functions"')) {
      test(`${page}:${block.line} is what the definition becomes`, () => change(block.text));
    }
  }

  async function block(computer: string): Promise<void> {
    for (const ports of blocked)
      await dllet(['simulation', 'exclude', '--state', computer, '--protocol', 'tcp', '--ports', ports]);
  }

  async function isAsShown({ shell, command, shown }: ShownCommand): Promise<void> {
    expect(shell === 'sh' ? await printed(command) : await displayed(command)).toMatch(patternOf(shown));
  }

  async function printed(command: string): Promise<string> {
    const [program, ...args] = wordsOf(command);
    expect(program).toBe('dllet');
    const { stdout, stderr } = await dllet(args, { cwd: directory });
    return stdout + stderr;
  }

  /** As at a prompt, where the position of an error is not shown. Each import is one of a new session. */
  async function displayed(command: string): Promise<string> {
    const [, name] = /^Import-Module \.\/modules\/(\w+)$/.exec(command) ?? [];
    if (name !== undefined) await module.run(`Remove-Module ${name} -ErrorAction SilentlyContinue`);
    const { output } = await module.run(
      `. { try { Invoke-Expression ${quoted(command)} } catch { $_ } } 3>$null 2>&1 | Out-String -Width 200`,
    );
    const shown = output.map((one) => String(toPlain(one))).join('');
    return shown.replace('Invoke-Expression:', `${command.split(' ')[0]}:`);
  }

  async function runs(script: string): Promise<void> {
    const { errors } = await module.run(script.replaceAll(/^Import-Module .*$/gm, ''));
    expect(errors).toEqual([]);
  }

  /** The computer of the page has the state by now, a new one gets it, and a blocked one refuses it. */
  async function isState(text: string): Promise<void> {
    const { resources } = parse(text) as { readonly resources: readonly { type: string; properties: object }[] };
    expect(resources).not.toEqual([]);
    for (const { type, properties } of resources) {
      const dsc = (operation: string, computer: string) =>
        dllet(
          ['dsc', operation, 'PersistentPortReservation', type, '--backend', 'simulated', '--state', computer].concat(
            '--input',
            JSON.stringify(properties),
          ),
        );
      const [fresh, blockedOne] = [`${state}-new`, `${state}-blocked`];
      await block(blockedOne);
      expect((await dsc('test', state)).stdout).toContain('"_inDesiredState":true');
      expect((await dsc('set', blockedOne)).status).toBe(6);
      expect((await dsc('set', fresh)).status).toBe(0);
      expect((await dsc('test', fresh)).stdout).toContain('"_inDesiredState":true');
    }
  }

  function change(text: string): void {
    const file = path.join(directory, readdirSync(directory).find((one) => one.endsWith('.json')) ?? 'new.json');
    const old = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    const members = text.startsWith('{') ? JSON.parse(text) : JSON.parse(`{${text}}`);
    writeFileSync(file, JSON.stringify({ ...old, ...members }, undefined, 2));
  }
});

/** The session of a user on Windows is not run here. */
const isOfWindows = (text: string) => text.includes('kernel32') || text.includes('Get-TickCount64');
