/** Plans the help of a cmdlet from the definition's texts and from its parameters. */
import { ON_BRIDGE } from '../definition/process-functions.js';
import type { Definition } from '../definition/types.js';
import type { CmdletModel } from '../model/types.js';
import { callNotes } from './call-help.js';
import { returnedTypes } from './plan-common.js';
import { switchParameter } from './plan-parameter.js';
import type { HelpPlan, ParameterPlan, SyntaxPlan, TypeHelp } from './plan-types.js';
import { relatedCmdlets } from './related.js';

export interface CmdletFacts {
  /** In declaration order. */
  readonly declared: readonly ParameterPlan[];
  /** Parameter sets, the default first; empty if there is only one. */
  readonly sets: readonly string[];
  readonly inputs: TypeHelp;
  readonly hasShouldProcess: boolean;
}

export function planHelp(definition: Definition, cmdlet: CmdletModel, facts: CmdletFacts): HelpPlan {
  const parameters = [...facts.declared, ...(facts.hasShouldProcess ? SHOULD_PROCESS : [])];
  return {
    name: cmdlet.name,
    synopsis: cmdlet.synopsis,
    description: paragraphs(cmdlet.description),
    syntax: syntaxOf(parameters, facts.sets),
    parameters: [...parameters].sort((one, other) => compare(one.name, other.name)),
    inputs: [facts.inputs],
    outputs: outputsOf(definition, cmdlet),
    notes: notesOf(definition, cmdlet),
    examples: cmdlet.examples.map(({ code, description }) => ({ code, description: paragraphs(description) })),
    online: onlineHelp(definition, cmdlet.name),
    links: cmdlet.links ?? [],
    related: [aboutTopic(definition), ...relatedCmdlets(definition, cmdlet)],
  };
}

/** The author's notes, or what is known of the call. */
function notesOf(definition: Definition, cmdlet: CmdletModel): string[] {
  const written = paragraphs(cmdlet.notes ?? '');
  const isOwn = cmdlet.notes !== undefined && cmdlet.notes !== ON_BRIDGE;
  return isOwn || cmdlet.calls !== 'function' ? written : [...written, ...callNotes(definition, cmdlet)];
}

/** Without pipeline input. */
export const NO_INPUT: TypeHelp = { name: 'None', description: ['You cannot pipe objects to this cmdlet.'] };

export function aboutTopic({ name }: Definition): string {
  return `about_${name}`;
}

/** Splits a text into paragraphs at blank lines. */
export function paragraphs(text: string): string[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

const SHOULD_PROCESS = [
  switchParameter('WhatIf', 'Shows what would happen if the cmdlet runs. The cmdlet does not run.'),
  switchParameter(
    'Confirm',
    'Asks for confirmation before the cmdlet runs. To run it without asking, use -Confirm:$false.',
  ),
];

/** Positional parameters first, by position. */
export function syntaxOf(parameters: readonly ParameterPlan[], sets: readonly string[]): SyntaxPlan[] {
  const placed = (one: ParameterPlan) => one.help.position ?? Number.MAX_SAFE_INTEGER;
  return (sets.length === 0 ? [''] : sets).map((set) => ({
    set,
    parameters: parameters
      .filter((parameter) => parameter.sets.length === 0 || parameter.sets.includes(set))
      .sort((one, other) => placed(one) - placed(other)),
  }));
}

function outputsOf(definition: Definition, cmdlet: CmdletModel): readonly TypeHelp[] {
  const types = returnedTypes(definition, cmdlet);
  return types.length === 0 ? [{ name: 'None', description: ['Returns nothing.'] }] : types;
}

export function onlineHelp({ module }: Definition, command: string): string | undefined {
  return module.onlineHelp?.replaceAll('{cmdlet}', command);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
