/** Commands that texts advise: whoever runs one as it is written is not asked for a parameter, and none is unknown. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../../src/definition/load.js';
import { ROOT } from '../../support/cli.js';

const definition = await loadDefinition('PersistentPortReservation');
const FOLDER = path.join(ROOT, 'src/extensions/port-reservation');
const SOURCES = (readdirSync(FOLDER, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.join(FOLDER, file));
const DEFINITION = path.join(ROOT, 'module/PersistentPortReservation.definition.json');
const PAGE = path.join(ROOT, 'docs/blocked-port.md');

const CHANGING =
  /(\| )?((?:Set-DynamicPortRange|Repair-PortExclusion|(?:New|Remove)-ExcludedPortRange)\b[^`"'\n|,;).\\]*)/g;

interface Advised {
  readonly cmdlet: string;
  readonly parameters: readonly string[];
}

/** The commands with at least one named parameter; in a pipeline, the objects bring the others. */
function advisedIn(text: string): Advised[] {
  const joined = text
    .replaceAll(/[`'] \+\n\s*[`']/g, '')
    .replaceAll(/\$\{asBlock\}/g, ' -StartPort 1 -NumberOfPorts 1');
  return [...joined.matchAll(CHANGING)].flatMap(([, piped, command = '']) => {
    const [cmdlet = '', ...words] = command.split(/\s+/);
    const parameters = words.filter((word) => /^-[A-Z]/.test(word)).map((word) => word.replace(/^-(\w+).*$/, '$1'));
    return piped !== undefined || parameters.length === 0 || /^[\d$]/.test(words[0] ?? '')
      ? []
      : [{ cmdlet, parameters }];
  });
}

const COMMON = ['WhatIf', 'Confirm', 'Force', 'Reason'];

function wrongIn({ cmdlet, parameters }: Advised): string[] {
  const operation = definition.cmdlets.find(({ name }) => name === cmdlet)?.operation ?? '';
  const known = definition.operations[operation]?.parameters ?? [];
  const missing = known
    .filter((one) => !one.optional && !parameters.includes(one.name))
    .map(({ name }) => `no -${name}`);
  const isKnown = (name: string) => COMMON.includes(name) || known.some((one) => one.name === name);
  return [...missing, ...parameters.filter((name) => !isKnown(name)).map((name) => `-${name}?`)];
}

it('a command that lacks a parameter is found, over the end of a line too', () => {
  const text = "'run Set-Dynamic' +\n  'PortRange -Default moves' `Repair-PortExclusion -Port 1 -Protocl Tcp`";
  expect(advisedIn(text).map(wrongIn)).toEqual([['no -Protocol'], ['no -Protocol', '-Protocl?']]);
});

it.each([...SOURCES, DEFINITION, PAGE].map((file) => [path.relative(ROOT, file), file]))('%s', (_name, file) => {
  const found = advisedIn(readFileSync(file, 'utf8')).map((one) => [one.cmdlet, ...wrongIn(one)]);
  expect(found.filter(([, ...wrong]) => wrong.length > 0)).toEqual([]);
});

it('the texts advise such commands', () => {
  const all = [...SOURCES, DEFINITION, PAGE].flatMap((file) => advisedIn(readFileSync(file, 'utf8')));
  expect(new Set(all.map(({ cmdlet }) => cmdlet)).size).toBe(4);
});
