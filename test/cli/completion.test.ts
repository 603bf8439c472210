/** Shell completion: the script of bash in a bash, and that of PowerShell in test/powershell/completion.test.ts. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import { SHELLS } from '../../src/cli/completion.js';
import { CLI } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';

const ROWS: [words: string, offered: string[]][] = [
  ['por', ['ports']],
  ['ports use --protocol U', ['Udp']],
  ['call x y --backend ', ['native', 'simulated']],
  ['completion ', [...SHELLS]],
];

describe.skipIf(process.platform === 'win32')('in bash', () => {
  const lines = ROWS.map(([words]) => {
    const all = ['dllet', ...words.split(' ')].map((word) => `'${word}'`);
    return `COMP_WORDS=(${all.join(' ')}); COMP_CWORD=${all.length - 1}; COMPREPLY=(); _dllet_completions; echo "\${COMPREPLY[*]}"`;
  });
  const script = `
    dllet() { '${process.execPath}' '${CLI}' "$@"; }
    source <(dllet completion bash)
    complete -p dllet
    ${lines.join('\n')}`;

  it.runIf(spawnSync('bash', ['--version']).status === 0)('commands, options and words are offered', () => {
    // The login shell of a user can be another one than the shell that asks.
    const environment = { ...process.env, SHELL: '/bin/zsh' };
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: environment });
    const [registered, ...offered] = stdout.trimEnd().split('\n');
    expect({ registered, stderr }).toEqual({
      registered: 'complete -o default -F _dllet_completions dllet',
      stderr: '',
    });
    const wanted = ROWS.map(([, words]) => words);
    expect(offered.map((line) => line.split(' ').filter((word) => wanted.flat().includes(word)))).toEqual(wanted);
  });
});

test.each(SHELLS)('there is a script for %s, which asks dllet itself', async (shell) => {
  const { status, stdout, stderr } = await dlletInside(['completion', shell]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('dllet --get-yargs-completions');
});

test('another shell is refused with the names of those that there are', async () => {
  const { status, stderr } = await dlletInside(['completion', 'tcsh']);
  expect(status).toBe(2);
  for (const shell of SHELLS) expect(stderr).toContain(shell);
});
