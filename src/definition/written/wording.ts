/** Describes what a cmdlet does, from its name and the function that it calls. */
import { listed } from '../words.js';

/** The facts about a cmdlet over a function. */
export interface Worded {
  readonly cmdlet: string;
  readonly called: string;
  readonly library: string;
  /** Names of the cmdlet's parameters and of the values that it returns. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** One sentence, such as `Gets the host name: calls gethostname of libc.so.6 and returns name.` */
export function synopsisOf({ cmdlet, called, library, outputs }: Worded): string {
  const returned = outputs.length === 0 ? '' : ` and returns ${listed(outputs)}`;
  return `${actionOf(cmdlet)}: calls ${called} of ${library}${returned}.`;
}

/** Describes the inputs of a call. */
export function callOf({ called, inputs, outputs }: Worded): string {
  const taken = inputs.length === 0 ? 'takes nothing' : `takes ${listed(inputs)}`;
  return `${called} ${taken}, and ${outputs.length === 0 ? 'gives nothing back' : `gives ${listed(outputs)}`}.`;
}

/** Describes the verb and the noun of a cmdlet: `Gets the host name`. */
export function actionOf(cmdlet: string): string {
  const [, verb = '', noun = cmdlet] = /^([^-]+)-(.+)$/.exec(cmdlet) ?? [];
  const thing = nounInWords(noun);
  const known = VERBS[verb];
  if (known !== undefined) return known.replace('*', thing);
  return `${thirdPerson(verb)} the ${thing}`;
}

/** Verbs with an irregular sentence; `*` stands for the noun. */
const VERBS: Readonly<Record<string, string>> = {
  '': 'Runs *',
  Backup: 'Backs up the *',
  Connect: 'Connects to the *',
  ConvertFrom: 'Converts from the *',
  ConvertTo: 'Converts to the *',
  Disconnect: 'Disconnects from the *',
  Invoke: 'Runs *',
  New: 'Makes a new *',
  Out: 'Sends to the *',
  Search: 'Searches in the *',
  Wait: 'Waits for the *',
};

/** `Gets`, `Copies`, `Pushes`. */
function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return `${verb}${/(s|x|z|ch|sh|o)$/.test(verb) ? 'es' : 's'}`;
}

/** `HostName` becomes `host name`; abbreviations such as DNS stay as they are. */
function nounInWords(noun: string): string {
  const words = noun.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+/g) ?? [noun];
  return words.map((word) => (/^[A-Z]{2}/.test(word) ? word : word.toLowerCase())).join(' ');
}
