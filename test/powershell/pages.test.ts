/** The sessions on the pages for newcomers: each command shows what the page says. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { dllet } from '../support/cli.js';
import { codeBlocks } from '../support/markdown.js';
import { patternOf, type ShownCommand, shownCommands, wordsOf } from '../support/pages.js';
import { quoted, useModule } from '../support/powershell-module.js';

const module = useModule();

const PAGES = ['README.md', 'docs/first-module.md', 'docs/blocked-port.md'];

describe.skipIf(process.platform !== 'linux').each(PAGES)('%s', (page) => {
  let directory = '';
  beforeAll(async () => {
    directory = mkdtempSync(path.join(module.directory, 'page-'));
    const simulated = module.importLine({ Backend: 'Simulated', StatePath: path.join(directory, 'state') });
    await module.run(
      `Set-StrictMode -Off\n$PSStyle.OutputRendering = 'PlainText'\nSet-Location ${quoted(directory)}\n${simulated}`,
    );
  });

  const blocks = codeBlocks(page).filter((block) => !isOfWindows(block.text));

  for (const block of blocks) {
    if (block.language === 'console') {
      for (const shown of shownCommands(block)) test(`${shown.place}: ${shown.command}`, () => isAsShown(shown));
    } else if (block.language === 'powershell') {
      test(`${page}:${block.line} runs, in the simulation`, () => runs(block.text));
    } else if (block.language === 'json' || block.text.startsWith('  "functions"')) {
      test(`${page}:${block.line} is what the definition becomes`, () => change(block.text));
    }
  }

  async function isAsShown({ shell, command, shown }: ShownCommand): Promise<void> {
    expect(shell === 'sh' ? await printed(command) : await displayed(command)).toMatch(patternOf(shown));
  }

  async function printed(command: string): Promise<string> {
    const [program, ...args] = wordsOf(command);
    expect(program).toBe('dllet');
    const state = ['--state', path.join(directory, 'state')];
    const simulated = { simulation: state, dsc: ['--backend', 'simulated', ...state] }[args[0] ?? ''] ?? [];
    const { stdout, stderr } = await dllet([...args, ...simulated], { cwd: directory });
    return stdout + stderr;
  }

  /** As at a prompt, where the position of an error is not shown. Each import is one of a new session. */
  async function displayed(command: string): Promise<string> {
    const [, name] = /^Import-Module \.\/modules\/(\w+)$/.exec(command) ?? [];
    if (name !== undefined) await module.run(`Remove-Module ${name} -ErrorAction SilentlyContinue`);
    const { output, hostText } = await module.run(
      `. { try { Invoke-Expression ${quoted(command)} } catch { $_ } } 3>$null 2>&1 | Out-String -Width 200`,
    );
    const shown = [...output.map((one) => String(toPlain(one))), hostText].join('');
    return shown.replace('Invoke-Expression:', `${command.split(' ')[0]}:`);
  }

  async function runs(script: string): Promise<void> {
    const { errors } = await module.run(script.replaceAll(/^Import-Module .*$/gm, ''));
    expect(errors).toEqual([]);
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
