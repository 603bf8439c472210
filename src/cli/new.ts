/** `dllet new`: makes a definition from C prototypes, in a dialogue on a terminal, or from arguments. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CommandModule } from 'yargs';
import { type CheckedDraft, type Draft, functionsIn, nameFor } from '../definition/draft.js';
import { nearNames } from '../definition/near-names.js';
import { counted } from '../definition/shown.js';
import { quoted } from '../generator/powershell-text.js';
import { checkReviewedDraft } from '../import/failures/reviewed-prototypes.js';
import { writeModuleOf } from './generate.js';
import { withProposals } from './new-cmdlets.js';
import { libraryFrom } from './new-library.js';
import { FILE, FOLDER, TEXT } from './option-values.js';
import { print, printError } from './output.js';
import { readPrototypes, refuseMistakes, remarkLine } from './prototype-texts.js';
import { UsageError } from './usage.js';
import { writeNew } from './write-new.js';

interface NewOptions {
  readonly prototypes: string | undefined;
  readonly library: readonly string[] | undefined;
  readonly prototype: readonly string[] | undefined;
  readonly name: string | undefined;
  readonly cmdlet: readonly string[] | undefined;
  readonly out: string | undefined;
  readonly generate: string | undefined;
  readonly yes: boolean;
}

export const newCommand: CommandModule<object, NewOptions> = {
  command: 'new [prototypes]',
  describe: 'Make a definition from C prototypes, with questions on a terminal or from arguments',
  builder: (yargs) =>
    yargs
      .positional('prototypes', { ...FILE, describe: 'A file with C prototypes, or - for stdin' })
      .option('library', {
        ...LIST,
        describe: 'File name of the library, such as zlib1.dll or libz.so.1; repeat it for each system',
      })
      .option('prototype', {
        ...LIST,
        describe: 'C prototypes, with the types that they use, or @file',
      })
      .option('name', { ...TEXT, describe: 'Name of the definition and of its module' })
      .option('cmdlet', {
        ...LIST,
        describe: 'The cmdlet for a function, such as Get-Crc32=crc32 (default: a suggested name)',
      })
      .option('out', { ...FILE, describe: 'The new file (default: <name>.definition.json)' })
      .option('generate', { ...FOLDER, describe: 'Also generate the module, in this directory' })
      .option('yes', { type: 'boolean', default: false, describe: 'Ask nothing' })
      .check(
        ({ library, prototype, prototypes }) =>
          canAsk() ||
          [library, prototype, prototypes].some((given) => given !== undefined) ||
          'Give --library and --prototype; on a terminal, dllet new asks for them',
      )
      .example(
        "dllet new --library libz.so.1 --prototype 'unsigned long compressBound(unsigned long sourceLen)' --generate modules",
        '',
      ),
  handler: async (options) => {
    const { out, generate: given } = options;
    const asks = !options.yes && options.library === undefined && prototypesOf(options).length === 0;
    const { draft, checked, generate = given } = asks && canAsk() ? await ask(options) : await fromOptions(options);
    await write(draft, checked, out ?? `${draft.name}.definition.json`, generate);
  },
};

const canAsk = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** An option that is repeated for each of its values. */
const LIST = { type: 'string', array: true, nargs: 1 } as const;

/** The prototypes of the file come first. */
function prototypesOf({ prototypes, prototype = [] }: NewOptions): readonly string[] {
  if (prototypes === undefined) return prototype;
  // yargs converts a lone hyphen to an empty text.
  return [prototypes === '' || prototypes === '-' ? '-' : `@${prototypes}`, ...prototype];
}

async function ask({ name, out, generate }: NewOptions) {
  const { openTerminal } = await import('./terminal.js');
  const { converse } = await import('./new-dialogue.js');
  const terminal = openTerminal();
  try {
    const directory = path.dirname(path.resolve(out ?? 'x'));
    return await converse(terminal, { name, generate, directory, platform: process.platform });
  } finally {
    terminal.close();
  }
}

async function fromOptions(options: NewOptions): Promise<{ draft: Draft; checked: CheckedDraft; generate?: string }> {
  const { library: files = [], cmdlet = [], out } = options;
  const prototypes = prototypesOf(options);
  const missing = [...(files.length === 0 ? ['--library'] : []), ...(prototypes.length === 0 ? ['--prototype'] : [])];
  if (missing.length > 0)
    throw new UsageError(
      `missing: ${missing.join(' and ')}; write dllet new --library libz.so.1 --prototype 'unsigned long compressBound(unsigned long sourceLen)'; on a terminal, run dllet new without arguments to be asked`,
    );
  const library = libraryFrom(files, path.dirname(path.resolve(out ?? 'x')));
  const declarations = await readPrototypes(prototypes);
  const functions = functionsIn(declarations).flat();
  const { name = nameFor(Object.values(library)[0] ?? '') } = options;
  const cmdlets = withProposals(functions, chosenCmdlets(cmdlet, functions), { name, library });
  const draft = { name, library, declarations, cmdlets };
  const checked = checkReviewedDraft(draft);
  // Reports only these mistakes first, because without its functions the rest of a definition cannot be checked.
  refuseMistakes(checked, ({ declaration }) => functions.length > 0 || declaration !== undefined);
  if (functions.length === 0)
    throw new UsageError('--prototype declares only types; give the prototypes of functions too');
  return { draft, checked };
}

/** Parses `Get-Crc32=crc32`: cmdlet and function, in the order of a definition. */
function chosenCmdlets(given: readonly string[], functions: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [, cmdlet, name] = /^([^=]+)=(.+)$/s.exec(one) ?? [];
      if (cmdlet === undefined || name === undefined)
        throw new UsageError(`--cmdlet must be <cmdlet>=<function>, such as Get-Crc32=crc32, not '${one}'`);
      if (functions.length > 0 && !functions.includes(name)) {
        const near = nearNames(name, functions);
        throw new UsageError(
          `--cmdlet ${one}: no prototype declares '${name}'; the functions are ${(near.length > 0 ? near : functions).join(', ')}`,
        );
      }
      return [cmdlet, name];
    }),
  );
}

/** Writes nothing if a file is in the way. */
async function write(draft: Draft, checked: CheckedDraft, out: string, generate: string | undefined): Promise<void> {
  const folder = generate === undefined ? undefined : moduleFolder(generate, draft.name);
  if (folder !== undefined && existsSync(folder)) throw new UsageError(`the directory '${folder}' already exists`);
  await writeNew(out, checked.text);
  for (const note of checked.notes) printError(`note: ${remarkLine(note)}`);
  const cmdlets = Object.entries(draft.cmdlets).map(([cmdlet, name]) => `${cmdlet} calls ${name}`);
  print(`${out}: ${counted(cmdlets.length, 'cmdlet')}: ${cmdlets.join(', ')}`);
  if (folder === undefined) {
    print(`next: dllet generate ${out} --out ${draft.name}`);
    return;
  }
  await writeModuleOf(out, folder);
  const [first = ''] = Object.keys(draft.cmdlets);
  print(`next, in PowerShell: Import-Module ${quoted(path.resolve(folder))}; Get-Help ${first} -Full`);
}

/** PowerShell finds a module by the name of its folder. */
const moduleFolder = (folder: string, name: string): string =>
  path.basename(path.resolve(folder)) === name ? folder : path.join(folder, name);
