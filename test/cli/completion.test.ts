/** Shell completion, in the shells themselves; that of PowerShell is in test/powershell/completion.test.ts. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { complete } from '../../src/cli/complete.js';
import { SHELLS } from '../../src/cli/completion.js';
import { CLI } from '../support/cli.js';
import { dlletInside } from '../support/cli-inside.js';
import { temporaryDirectory } from '../support/directories.js';

const COMMANDS_OF_PORTS = ['dynamic', 'excluded', 'find', 'map', 'test', 'use'];
const FUNCTIONS = ['LookupPersistentTcpPortReservation', 'LookupPersistentUdpPortReservation'];

/** What is typed before Tab in a folder with `mine.definition.json` and the folder `my modules`. */
const ROWS: [typed: string, offered: string[]][] = [
  ['po', ['ports']],
  ['ports ', COMMANDS_OF_PORTS],
  ['ports use --protocol u', ['Udp']],
  ['validate m', ['mine.definition.json', 'my modules']],
  ['generate x --out=m', ['my modules']],
  ['call PersistentPortReservation Lookup', FUNCTIONS],
  ['ports test ', []],
];

/** Each prints a line with a mark for each row, and after it, in lines, what the shell offers. */
const IN_SHELLS: Record<string, { readonly setUp: string; readonly script: string }> = {
  bash: {
    setUp: '',
    script: `
      source <(dllet completion bash)
      for typed in "$@"; do
        echo "> $typed"
        # As readline divides a line.
        read -ra COMP_WORDS <<< "dllet \${typed//=/ = }"
        [[ $typed == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
        _dllet_completions
        printf '%s\\n' "\${COMPREPLY[@]}"
      done`,
  },
  zsh: {
    setUp: `
      PS1= PS2= LISTMAX=999
      stty rows 100 cols 200
      autoload -U compinit
      compinit -u -D
      source <(dllet completion zsh)
      mark() { print -r -- '<<mark>>' }
      zle -N mark
      bindkey '^X' mark
      bindkey '^D' list-choices
      zle -N zle-line-init mark`,
    script: `
      zmodload zsh/zpty
      zpty shell 'TERM=dumb zsh -f -i'
      answer() {
        local chunk
        heard=
        while zpty -r shell chunk; do
          heard+=$chunk
          [[ $heard == *'<<mark>>'* ]] && break
        done
      }
      zpty -w shell 'source ./set-up'
      answer
      for typed in "$@"; do
        zpty -w -n shell "dllet $typed"$'\\x04\\x18'
        answer
        print -r -- "> $typed"
        print -r -- "\${heard#*$'\\n'}"
        zpty -w -n shell $'\\x15'
      done
      zpty -d shell`,
  },
  fish: {
    setUp: '',
    script: `
      dllet completion fish | source
      for typed in $argv
        echo "> $typed"
        complete -C "dllet $typed"
      end`,
  },
};

function offeredIn(shell: string, typed: readonly string[]): string[][] {
  const { setUp = '', script = '' } = IN_SHELLS[shell] ?? {};
  const folder = temporaryDirectory();
  mkdirSync(path.join(folder, 'my modules'));
  writeFileSync(path.join(folder, 'mine.definition.json'), '');
  writeFileSync(path.join(folder, 'set-up'), setUp);
  writeFileSync(path.join(folder, 'script'), script);
  const programs = temporaryDirectory();
  writeFileSync(path.join(programs, 'dllet'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, { mode: 0o755 });
  const { stdout, stderr } = spawnSync(shell, ['./script', ...typed], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 100_000,
    env: { HOME: folder, PATH: `${programs}:${process.env.PATH}` },
  });
  expect(stderr).toBe('');
  const answers = stdout.split(/^> .*\n/m).slice(1);
  return answers.map((answer) => answer.split('\n').flatMap(wordsIn).sort());
}

/** In a line are a word and what it means, or words in columns; a folder ends with a slash, and zsh repeats the line. */
function wordsIn(line: string): string[] {
  if (/mark>>/.test(line)) return [];
  const [words = ''] = line.replaceAll('\\ ', ' ').split(/\t| +-- /);
  const shown = words.split(/ {2,}/).map((word) =>
    word
      .trim()
      .replace(/^--out=/, '')
      .replace(/\/$/, ''),
  );
  return shown.filter((word) => word !== '');
}

describe.skipIf(process.platform === 'win32').each(Object.keys(IN_SHELLS))('in %s', (shell) => {
  const isThere = spawnSync(shell, ['--version']).status === 0;
  it.runIf(isThere)('commands, values, files, folders and functions are offered', { timeout: 120_000 }, () => {
    const offered = offeredIn(
      shell,
      ROWS.map(([typed]) => typed),
    );
    expect(Object.fromEntries(ROWS.map(([typed], at) => [typed, offered[at]]))).toEqual(Object.fromEntries(ROWS));
  });
  it.runIf(!isThere)('nothing was tried, because the shell is not installed', () => undefined);
});

describe('what is offered', () => {
  const OPTIONS_OF_PORTS = ['--help', '--protocol', '--backend', '--library', '--state', '--json'];
  const OPTIONS_OF_FIND = ['--minimum', '--maximum', '--include-dynamic', '--near', '--verify'];
  const OPTIONS_OF_PACK = ['--help', '--out', '--with-node', '--platform', '--license', '--seal'];

  test.each<[string, string[], string?]>([
    ['', COMMANDS.map(({ command }) => String(command).split(' ')[0] as string)],
    ['nonsense ', []],
    ['ports nonsense ', []],
    ['ports --json t', ['test']],
    ['ports --protocol udp t', ['test']],
    ['ports use --fam', ['--family']],
    ['ports use --json --js', []],
    ['ports use --protocol tcp --prot', ['--protocol']],
    ['ports use --store ', []],
    ['ports excluded --store=P', ['Persistent']],
    ['ports excluded --store = p', ['Persistent']],
    ['ports map --out ', [], 'file'],
    ['ports find ', []],
    ['ports find 20 --near ', []],
    ['ports find 20 ', [...OPTIONS_OF_PORTS, ...OPTIONS_OF_FIND]],
    ['pack ', ['PersistentPortReservation'], 'file'],
    ['pack PersistentPortReservation ', OPTIONS_OF_PACK],
    ['pack PersistentPortReservation -', OPTIONS_OF_PACK],
    ['pack PersistentPortReservation --seal --o', ['--out']],
    ['pack --out x P', ['PersistentPortReservation'], 'file'],
    ['generate P --docs ', [], 'folder'],
    ['explain PersistentPortReservation Lookup', FUNCTIONS.toReversed()],
    ['explain no-such.json L', []],
    ['dsc s', ['set']],
    ['dsc get ', ['PersistentPortReservation'], 'file'],
    ['dsc manifest x --out ', [], 'folder'],
    ['serve x --backend ', ['native', 'simulated']],
    ['call --prototype ', []],
    ['simulation re', ['restart', 'release', 'reset']],
    ['simulation exclude --protocol T', ['tcp']],
    ['new --name ', []],
    ['new ', [], 'file'],
    ['completion ', [...SHELLS]],
  ])('%j: %j', async (typed, words, paths) => {
    const offered = await complete(typed.split(' '), COMMANDS);
    expect({ words: [...offered.words.keys()], paths: offered.paths }).toEqual({ words, paths });
  });

  test('options come with what they mean', async () => {
    const { words } = await complete(['pack', 'x', '--seal'], COMMANDS);
    expect(words.get('--seal')).toMatch(/^After signing/);
  });
});

test.each(SHELLS)('there is a script for %s, which asks dllet itself', async (shell) => {
  const { status, stdout, stderr } = await dlletInside(['completion', shell]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('dllet --complete');
});

test('another shell is refused with the names of those that there are', async () => {
  const { status, stderr } = await dlletInside(['completion', 'tcsh']);
  expect(status).toBe(2);
  for (const shell of SHELLS) expect(stderr).toContain(shell);
});
