/**
 * Says with every call of a module's own function where that function is: `script:Open-Bridge`.
 *
 * PowerShell looks for an alias before it looks for a function, and finds the caller's: one of the same name would take the
 * place of a function that is called by its bare name. Source: about_Command_Precedence.
 */
import { SINGLE_QUOTES } from './powershell-text.js';

/** Comments and literals, which stay as they are, then names of commands where no other token holds them. */
const TOKENS = new RegExp(
  [
    '<#[\\s\\S]*?#>',
    '(?<![^\\s(){};,])#[^\\n]*',
    `[${SINGLE_QUOTES}](?:[^${SINGLE_QUOTES}]|[${SINGLE_QUOTES}]{2})*[${SINGLE_QUOTES}]`,
    '"(?:[^"`]|`[\\s\\S]|"")*"',
    '(?<![\\w$:.\\\\-])(?<definition>function\\s+)?(?<name>[A-Za-z]+-[A-Za-z0-9]+)(?![\\w\\\\:-])',
  ].join('|'),
  'g',
);

/**
 * The scripts of a module with every such call qualified; other files as they are. A module's functions are those of its
 * .psm1, and those that a script which is loaded later defines for the whole module: `function script:Name`.
 */
export function qualifyOwnCalls(files: ReadonlyMap<string, string>): Map<string, string> {
  const own = new Set([...files].flatMap(([path, text]) => sharedFunctions(path, text)));
  return new Map([...files].map(([path, text]) => [path, /^[^/]+\.psm?1$/.test(path) ? qualify(text, own) : text]));
}

function sharedFunctions(path: string, text: string): string[] {
  const definition = path.endsWith('.psm1') ? /^function (?:script:)?(\S+)/gm : /^function script:(\S+)/gm;
  return [...text.matchAll(definition)].map((match) => match[1] as string);
}

function qualify(text: string, own: ReadonlySet<string>): string {
  return text.replace(TOKENS, (token, ...rest) => {
    const { definition, name } = rest.at(-1) as { definition?: string; name?: string };
    return name !== undefined && definition === undefined && own.has(name) ? `script:${name}` : token;
  });
}
