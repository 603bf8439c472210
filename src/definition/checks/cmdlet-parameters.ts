/** Checks of a cmdlet's settings for its function's parameters: names, aliases, defaults and parameter sets. */
import { decodeValue, type HandleAccess, powershellType, type Shape, ValueError } from '../../kinds/index.js';
import { suggestion } from '../near-names.js';
import { own } from '../own.js';
import { inputsOf } from '../parameters.js';
import { pointerTo } from '../source-text.js';
import type { CmdletDefinition, DefinitionSource, FunctionDefinition } from '../types.js';
import { nameProblems } from './parameter-names.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

/** Parameter names that the generator uses itself. */
const TAKEN = ['InputObject', 'Reason', 'Force', 'WhatIf', 'Confirm'];

/** Returns the name at the prompt of a function's parameter. */
export const promptName = ({ parameters = {} }: CmdletDefinition, name: string): string =>
  own(parameters, name)?.name ?? name;

export function checkCmdletParameters(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  fn: FunctionDefinition,
  place: string,
  report: Report,
): void {
  const inputs = inputsOf(fn);
  const names = inputs.map(({ name }) => name);
  const unknown = (name: string) => `'${name}' is not a parameter that a caller provides; ${suggestion(name, names)}`;
  for (const [name, { default: value }] of Object.entries(cmdlet.parameters ?? {})) {
    const at = place + pointerTo('parameters', name);
    const input = inputs.find((one) => one.name === name);
    if (!input) report(at, unknown(name));
    const shape = input && resolveType(source, input);
    const problem = shape && value !== undefined ? defaultProblem(shape, value) : undefined;
    if (problem !== undefined) report(`${at}/default`, `the default of '${name}' ${problem}`);
  }
  checkPromptNames(cmdlet, names, place, report);
  checkSets(cmdlet, inputs, place, unknown, report);
}

/** No handle is open while a definition is checked. */
const NO_HANDLES: HandleAccess = {
  find: () => {
    throw new ValueError('must be the name of a predefined handle');
  },
  open: () => '',
};

/** A default must be a single JSON value that help can show. */
function defaultProblem(shape: Shape, value: string | number | boolean): string | undefined {
  if (powershellType(shape) === 'byte[]') return 'is not possible, because bytes have no default';
  try {
    decodeValue(shape, value, NO_HANDLES);
    return undefined;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return error.message;
  }
}

/** Names and aliases must be unique; PowerShell ignores case. */
function checkPromptNames(cmdlet: CmdletDefinition, inputs: readonly string[], place: string, report: Report): void {
  if (!cmdlet.parameters) return;
  const existing = cmdlet.existing ? [cmdlet.existing.switch] : [];
  const seen = new Set([...TAKEN, ...existing].map((name) => name.toLowerCase()));
  for (const input of inputs.filter((name) => !own(cmdlet.parameters ?? {}, name)?.name)) seen.add(input.toLowerCase());
  for (const input of inputs) {
    const { name, aliases = [] } = own(cmdlet.parameters, input) ?? {};
    const at = place + pointerTo('parameters', input);
    const given = [
      ...(name === undefined ? [] : [{ name, at: `${at}/name` }]),
      ...aliases.map((alias, index) => ({ name: alias, at: `${at}/aliases/${index}` })),
    ];
    for (const one of given) {
      for (const problem of nameProblems(one.name)) report(one.at, problem);
      if (seen.has(one.name.toLowerCase())) report(one.at, `the cmdlet already has a parameter '${one.name}'`);
      seen.add(one.name.toLowerCase());
    }
  }
}

function checkSets(
  cmdlet: CmdletDefinition,
  inputs: readonly FunctionDefinition['parameters'][number][],
  place: string,
  unknown: (name: string) => string,
  report: Report,
): void {
  const sets = Object.entries(cmdlet.parameterSets ?? {});
  const seen = new Map<string, string>();
  sets.forEach(([set, names]) => {
    const at = place + pointerTo('parameterSets', set);
    if (set.toLowerCase() === 'inputobject')
      report(at, "the name 'InputObject' is reserved for a set of dllet; choose another name");
    const key = [...names].sort().join();
    const same = seen.get(key);
    if (same !== undefined)
      report(at, `the set has the same parameters as '${same}', so PowerShell cannot tell them apart`);
    seen.set(key, set);
    names.forEach((name, index) => {
      if (!inputs.some((one) => one.name === name)) report(`${at}/${index}`, unknown(name));
    });
  });
  for (const { name, optional } of inputs) {
    const within = sets.filter(([, names]) => names.includes(name));
    const canBeLeftOut = optional === true || own(cmdlet.parameters ?? {}, name)?.default !== undefined;
    if (within.length === 0 || within.length === sets.length || canBeLeftOut) continue;
    report(
      `${place}/parameterSets`,
      `'${name}' is not in every set, so it needs a value when it is left out: mark it [optional] in the prototype, or give it a default`,
    );
  }
}
