/** The dialogue of `dllet new`. It reads no file; all input and output go through an interface. */
import { type CheckedDraft, checkDraft, type Draft, functionsIn, nameFor } from '../definition/draft.js';
import type { LibraryPlatform } from '../definition/types.js';
import { checkReviewedDraft } from '../import/failures/reviewed-prototypes.js';
import { proposal, withProposals } from './new-cmdlets.js';
import { libraryFrom, SYSTEMS } from './new-library.js';
import { UsageError } from './usage.js';

export interface Conversation {
  /** Shows a question and returns the trimmed line that answers it. */
  ask(question: string): Promise<string>;
  say(text: string): void;
}

export interface Answers {
  readonly draft: Draft;
  readonly checked: CheckedDraft;
  /** The folder for the module; undefined if it is not to be generated. */
  readonly generate: string | undefined;
}

/** Facts that are known before the first question. */
export interface Known {
  readonly name?: string | undefined;
  readonly generate?: string | undefined;
  /** The directory for the definition. */
  readonly directory: string;
  readonly platform: NodeJS.Platform;
}

/** Asks for everything that a definition needs. Repeats a question whose answer is invalid. */
export async function converse(host: Conversation, known: Known): Promise<Answers> {
  host.say(
    'This makes a definition from C prototypes. Press Enter to accept the value in brackets. Press Ctrl+C to cancel; nothing is written.',
  );
  const library = await askLibrary(host, known);
  const declarations = await askPrototypes(host, library);
  const [file = ''] = Object.values(library);
  const draft = await askName(host, { name: known.name ?? nameFor(file), library, declarations, cmdlets: {} });
  const named = await askCmdlets(host, draft);
  const checked = checkReviewedDraft(named);
  host.say(`\n${checked.text}`);
  for (const { message } of checked.notes) host.say(`note: ${message}`);
  const folder = known.generate ?? (await host.ask('Directory for the module, such as modules [none]: '));
  return { draft: named, checked, generate: folder === '' ? undefined : folder };
}

const EXAMPLES: Readonly<Record<LibraryPlatform, string>> = {
  win32: 'zlib1.dll',
  linux: 'libz.so.1',
  darwin: 'libz.dylib',
};

/** Asks for the file on each system, beginning with this one. */
async function askLibrary(host: Conversation, { directory, platform }: Known): Promise<Draft['library']> {
  const systems = Object.keys(SYSTEMS) as LibraryPlatform[];
  systems.sort((one, other) => Number(other === platform) - Number(one === platform));
  for (;;) {
    let given: readonly string[] = [];
    for (const system of systems) given = await askFile(host, system, given, directory);
    if (given.length > 0) return libraryFrom(given, directory);
    host.say('Give the file name for at least one system.');
  }
}

/** Asks for the file on one system, and adds it if there is one. */
async function askFile(
  host: Conversation,
  system: LibraryPlatform,
  before: readonly string[],
  directory: string,
): Promise<readonly string[]> {
  for (;;) {
    const file = await host.ask(`File name of the library on ${SYSTEMS[system]}, such as ${EXAMPLES[system]} [none]: `);
    if (file === '') return before;
    const given = [...before, `${system}=${file}`];
    const problem = problemOf(given, directory);
    if (problem === undefined) return given;
    host.say(problem);
  }
}

/** Returns the problem with the files of a library; undefined if there is none. */
function problemOf(given: readonly string[], directory: string): string | undefined {
  try {
    return checkDraft({ ...SMALLEST, library: libraryFrom(given, directory) }).mistakes[0]?.message;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** A draft in which only the library can be wrong. */
const SMALLEST: Omit<Draft, 'library'> = {
  name: 'Smallest',
  declarations: ['int f(void);'],
  cmdlets: { 'Invoke-Smallest': 'f' },
};

/** Asks for prototypes until an empty answer; checks each together with those before it. */
async function askPrototypes(host: Conversation, library: Draft['library']): Promise<string[]> {
  const accepted: string[] = [];
  host.say(
    'Paste C prototypes with the structs and constants that they use. Press Enter on an empty line to check them, and once more to finish.',
  );
  for (;;) {
    const text = await askLines(host);
    if (text === '') {
      if (functionsIn(accepted).flat().length > 0) return accepted;
      host.say('Paste at least one function.');
      continue;
    }
    const declarations = [...accepted, text];
    const functions = functionsIn(declarations);
    const draft = {
      name: 'New',
      library,
      declarations,
      cmdlets: withProposals(functions.flat(), {}, { name: 'New', library }),
    };
    const found = checkDraft(draft).mistakes.filter(({ declaration }) => declaration !== undefined);
    for (const mistake of found) host.say(mistake.message);
    if (found.length > 0) {
      host.say('Paste it again, and add what is missing.');
      continue;
    }
    accepted.push(text);
    const names = functions.at(-1) ?? [];
    host.say(names.length === 0 ? 'The types are declared.' : `Declared: ${names.join(', ')}.`);
  }
}

/** Reads lines up to an empty one. */
async function askLines(host: Conversation): Promise<string> {
  const lines: string[] = [];
  for (;;) {
    const line = await host.ask(lines.length === 0 ? 'C> ' : '.. ');
    if (line === '') return lines.join('\n');
    lines.push(line);
  }
}

async function askName(host: Conversation, draft: Draft): Promise<Draft> {
  for (;;) {
    const name = (await host.ask(`Name of the module [${draft.name}]: `)) || draft.name;
    const [mistake] = checkDraft({ ...draft, name }).mistakes.filter(({ pointer }) => pointer === '/name');
    if (!mistake) return { ...draft, name };
    host.say(mistake.message);
  }
}

/** Asks for the cmdlet's name of each function; `-` means no cmdlet. */
async function askCmdlets(host: Conversation, draft: Draft): Promise<Draft> {
  for (;;) {
    let named = draft;
    for (const name of functionsIn(draft.declarations).flat()) named = await askCmdlet(host, named, name);
    if (Object.keys(named.cmdlets).length > 0) return named;
    host.say('A module needs at least one cmdlet.');
  }
}

async function askCmdlet(host: Conversation, draft: Draft, name: string): Promise<Draft> {
  const taken = Object.keys(draft.cmdlets);
  const proposed = proposal(name, taken, draft);
  for (;;) {
    const answer = (await host.ask(`Cmdlet for ${name}, or - for none [${proposed}]: `)) || proposed;
    if (answer === '-') return draft;
    const named = { ...draft, cmdlets: { ...draft.cmdlets, [answer]: name } };
    const isTaken = taken.some((one) => one.toLowerCase() === answer.toLowerCase());
    const messages = isTaken
      ? [`${answer} is already used for another function.`]
      : checkDraft(named).mistakes.map(({ message }) => message);
    if (messages.length === 0) return named;
    for (const message of messages) host.say(message);
  }
}
