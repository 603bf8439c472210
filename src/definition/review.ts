/** Finds guesses in a valid definition that a person should review. */
import type { UnlocatedMistake } from './checks/report.js';
import { failureRule } from './failure-rules.js';
import { changesBridge } from './process-functions.js';
import { shown } from './shown.js';
import { pointerTo } from './source-text.js';
import type { FunctionDefinition, ParameterDefinition, ReturnDefinition } from './types.js';
import type { Canonical } from './written/canonical.js';
import { changesSomething, ownNotes } from './written/cmdlets.js';

/** Returns findings. Each says what to check, and how to record that it was checked. */
export function reviewOf(canonical: Canonical): UnlocatedMistake[] {
  const { value, notes, written } = canonical;
  const functions = Object.entries(value.functions).flatMap(([name, fn]) =>
    [
      ...unreviewedFailure(name, fn.returns),
      ...unreviewedParameters(name, fn.parameters),
      ...doubtfulChange(name, fn, canonical),
      ...onBridge(name, fn, canonical),
    ].map(({ pointer, message }) => ({ pointer: written(pointer), message })),
  );
  const questions = notes.filter(({ isQuestion }) => isQuestion).map(({ pointer, message }) => ({ pointer, message }));
  return [...functions, ...questions];
}

function unreviewedFailure(name: string, { type, failure, reviewed }: ReturnDefinition): UnlocatedMistake[] {
  if (reviewed !== false) return [];
  const rule = failureRule(failure);
  const guess = rule
    ? `failure is ${shown(rule.when, 60)} with the code ${shown(rule.code, 20)}`
    : 'no value means failure';
  return [
    {
      pointer: pointerTo('functions', name, 'returns', 'reviewed'),
      message:
        `how '${name}' reports failure is guessed from its type, ${shown(type, 60)}: ${guess}. Compare this with "Return value" on ` +
        'its page. If the guess is wrong, correct "failure" (in a prototype, the mark fails). Then remove "reviewed": false (the mark ' +
        'unreviewed)',
    },
  ];
}

function unreviewedParameters(name: string, parameters: readonly ParameterDefinition[]): UnlocatedMistake[] {
  return parameters.flatMap((one, index) => {
    if (one.reviewed !== false) return [];
    const guess = one.isSize === false ? ': it is not the size of any memory' : '';
    const message =
      `the description of '${one.name}' of '${name}' is a guess${guess}. Compare it with the page of '${name}', and correct it if it is ` +
      'wrong. Then remove "reviewed": false (the mark unreviewed)';
    return [{ pointer: pointerTo('functions', name, 'parameters', index, 'reviewed'), message }];
  });
}

/** First words of names of functions that change something. */
const CHANGING =
  /^(Set|Add|Delete|Remove|Write|Terminate|Stop|Enable|Disable|Install|Uninstall|Move|Rename|Replace)(?![a-z])/;

/**
 * Finds a cmdlet with a reading verb over a function that changes something, according to the definition or to its
 * name.
 */
function doubtfulChange(
  name: string,
  { changesState }: FunctionDefinition,
  { value, undecided }: Canonical,
): UnlocatedMistake[] {
  const over = value.cmdlets.filter((one) => one.function === name).map((one) => one.name);
  if (over.length === 0 || changesSomething(name, value.cmdlets)) return [];
  const pointer = pointerTo('functions', name, 'changesState');
  if (changesState && !undecided.includes(name))
    return [
      {
        pointer,
        message:
          `'${name}' changes the system, and ${over.join(', ')} has a verb that only reads, but asks for confirmation. Write ` +
          '"changesState": false if the function changes nothing; otherwise choose another verb',
      },
    ];
  if (!undecided.includes(name) || !CHANGING.test(name)) return [];
  return [
    {
      pointer,
      message:
        `'${name}' is assumed to change nothing, because of the verb of ${over.join(', ')}, but its name suggests ` +
        'a change. Write "changesState": true or false',
    },
  ];
}

/** Finds a cmdlet over a function that acts on the bridge process, unless the author has addressed it. */
function onBridge(name: string, fn: FunctionDefinition, { value }: Canonical): UnlocatedMistake[] {
  if (!changesBridge(name)) return [];
  const silent = ownNotes(name, fn).join('\n\n');
  return value.cmdlets.flatMap((cmdlet, index) =>
    cmdlet.function === name && cmdlet.notes === silent
      ? [
          {
            pointer: pointerTo('cmdlets', index),
            message:
              `${cmdlet.name} calls '${name}', which affects the process of the bridge, not PowerShell. Remove it, or explain in ` +
              'its "notes" what it is useful for',
          },
        ]
      : [],
  );
}
