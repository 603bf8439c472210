/** The module's about topic: the definition's sections, then the sections common to all modules. */
import { isOfWindows, libraryTitle } from '../definition/library.js';
import type { Definition, ErrorText } from '../definition/types.js';
import { outputKind } from '../outputs/registry.js';
import { aboutTopic } from './plan-help.js';
import type { AboutPlan } from './plan-types.js';
import { hasModel, isSimulated } from './simulated.js';

export function planAbout(definition: Definition): AboutPlan {
  const { about, module } = definition;
  return {
    topic: aboutTopic(definition),
    synopsis: about?.synopsis ?? `The cmdlets of the module ${definition.name}.`,
    sections: [
      ...(about?.sections ?? [{ title: 'What it is', text: module.description }]),
      { title: 'Cmdlets', text: cmdlets(definition) },
      { title: 'The program behind the cmdlets', text: bridge(definition) },
      ...(isSimulated(definition) ? [{ title: 'The simulated backend', text: simulation(definition) }] : []),
      { title: 'Options of Import-Module', text: options(definition) },
      { title: 'Errors', text: errors(definition) },
    ],
  };
}

function cmdlets({ cmdlets: all }: Definition): string {
  const list = all.map(({ name, synopsis }) => `${name}: ${synopsis}`).join('\n\n');
  return `${list}\n\nGet-Help <cmdlet> -Full shows the help of each.`;
}

function bridge(definition: Definition): string {
  return (
    `PowerShell does not call ${libraryTitle(definition)} itself, and nothing is compiled on your computer. A small Node.js program in the ` +
    "module's directory bin, the bridge, makes the calls. An assembly in the same directory, the client, starts the bridge and talks to it. The first call of a session starts the bridge, and later calls use it. It " +
    'ends when you remove the module or close the session. If a call takes too long, the bridge is stopped, and the next call starts a new one.' +
    '\n\nThe module looks for Node.js 20.19 or later at the option NodePath, in its own directory bin, in the installation for all ' +
    'users, and in PATH. An elevated session never uses PATH.\n\n' +
    `${placeOf(definition)}\n\n` +
    '-Verbose shows where Node.js was found and which backend answers. -Debug shows every message.\n\n' +
    'The module also works in constrained language mode.'
  );
}

/** Where the library is loaded from. */
function placeOf(definition: Definition): string {
  const title = libraryTitle(definition);
  if (definition.library.location === 'module')
    return `${title} is loaded by its full path from the directory of this module, never by search order.`;
  if (isOfWindows(definition))
    return `${title} is loaded by its full path from the system directory, never by search order.`;
  return `${title} is loaded by its full path from the library directories of the system, never by search order.`;
}

function simulation(definition: Definition): string {
  const { name } = definition;
  return (
    `If your computer has no ${libraryTitle(definition)}, or to try the commands without changing anything, use the simulated backend. ` +
    `The module uses it only if you ask for it:\n\n    $options = @{ Backend = 'Simulated' }\n    Import-Module ${name} -Force -ArgumentList $options\n\n` +
    `${hasModel(definition) ? BEHAVES : REPLIES} A simulated session shows one warning.`
  );
}

const BEHAVES =
  'The simulation behaves as the documentation of the functions says. It keeps its state in one file for each user, or in the file ' +
  'that StatePath names. With SimulateUnelevated = $true, it answers as if you were not an administrator.';

const REPLIES =
  'The simulation answers with the replies in the definition of the module. If no reply fits the inputs of a ' +
  'call, you get the error ReplyNotFound.';

function options(definition: Definition): string {
  return [
    `All options are optional. Give them in one hashtable: Import-Module ${definition.name} -Force -ArgumentList @{ ... }.`,
    "Backend: 'Native' (the default) or 'Simulated'.",
    'LibraryPath: the absolute path of another library with the same functions.',
    'NodePath: the absolute path of the Node.js to use.',
    'TimeoutSeconds: how long a call may take, 1 to 86400; 60 by default.',
    ...(hasModel(definition)
      ? [
          "StatePath: the absolute path of the simulation's state file.",
          'SimulateUnelevated: $true to simulate a user who is not an administrator.',
        ]
      : []),
  ].join('\n\n');
}

function errors(definition: Definition): string {
  const own = [...new Set([...definition.errors, ...outputErrors(definition)].map(({ id }) => id))].sort();
  return [
    'FullyQualifiedErrorId starts with an ID that does not change between versions, and the error record says what to do ' +
      'next: $Error[0].ErrorDetails.RecommendedAction. The native code is in $Error[0].Exception.Data.',
    ...(own.length > 0 ? [`Error IDs of this module: ${own.join(', ')}.`] : []),
    'Error IDs of all modules that dllet generates: InvalidParameter, PlatformNotSupported, LibraryNotFound, FunctionNotFound, Win32Error (any ' +
      "other code of Windows, with the system's text), NativeError (an errno, or a code of the library), OutputTooLarge (a result " +
      'larger than the definition allows), BridgeNotFound, BridgeExited, BridgeTimeout, BridgeProtocolError and ConfirmationNotAvailable (a change needs confirmation, but the session cannot ask).',
  ].join('\n\n');
}

function outputErrors({ cmdlets: all }: Definition): readonly ErrorText[] {
  return all.flatMap(({ output }) => outputKind(output).errors?.(output) ?? []);
}
