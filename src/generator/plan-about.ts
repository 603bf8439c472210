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
    `PowerShell does not call ${libraryTitle(definition)} itself, and nothing is compiled on the machine. A small Node.js program in the ` +
    "module's folder bin, the bridge, makes the calls; an assembly beside it, the client, starts the program and talks to it. The first call of a session starts it, later calls use it, and it " +
    'ends with the module, the session or the process. A call that takes too long is ended with it; the next one starts a new bridge.' +
    '\n\nNode.js 20.19 or later is found in the module itself (bin), by the option NodePath, in the installation for the whole ' +
    'machine, or in PATH; an elevated session never takes it from PATH.\n\n' +
    `${placeOf(definition)}\n\n` +
    '-Verbose shows where Node.js was found and who answers; -Debug shows every message.\n\n' +
    'The module works in Constrained Language Mode as it does elsewhere.'
  );
}

/** Where the library is loaded from. */
function placeOf(definition: Definition): string {
  const title = libraryTitle(definition);
  if (definition.library.location === 'module')
    return `${title} is loaded from the folder of this module, beside its manifest, by its full path, never by search order.`;
  if (isOfWindows(definition))
    return `${title} is loaded from the system directory by its full path, never by search order.`;
  return `${title} is loaded from the directories of the system's own libraries by its full path, never by search order.`;
}

function simulation(definition: Definition): string {
  const { name } = definition;
  return (
    `Where there is no ${libraryTitle(definition)}, and to try things without changing this computer, the module can simulate it. That ` +
    `happens only on request:\n\n    $options = @{ Backend = 'Simulated' }\n    Import-Module ${name} -ArgumentList $options\n\n` +
    `${hasModel(definition) ? BEHAVES : REPLIES} A simulated session says once, as a warning, that it is one.`
  );
}

const BEHAVES =
  'The simulation behaves as the functions are documented and keeps its state in one file of the user, or in the file ' +
  'that StatePath names. SimulateUnelevated = $true makes it answer as to a caller without administrator rights.';

const REPLIES =
  'The simulation answers with the replies that the definition of the module has for the inputs of a call. A call that ' +
  'no reply fits is the error ReplyNotFound.';

function options(definition: Definition): string {
  return [
    `All of them are optional, in one hashtable: Import-Module ${definition.name} -ArgumentList @{ ... }.`,
    "Backend: 'Native' (the default) or 'Simulated'.",
    'LibraryPath: the absolute path of another library with the same functions.',
    'NodePath: the absolute path of the Node.js to use.',
    'TimeoutSeconds: how long a call may take, 1 to 86400; 60 by default.',
    ...(hasModel(definition)
      ? [
          "StatePath: the absolute path of the simulation's state file.",
          'SimulateUnelevated: $true to simulate a caller without rights.',
        ]
      : []),
  ].join('\n\n');
}

function errors(definition: Definition): string {
  const own = [...new Set([...definition.errors, ...outputErrors(definition)].map(({ id }) => id))].sort();
  return [
    'FullyQualifiedErrorId begins with a stable id, the category fits the cause, and the error record says what to do ' +
      'next: $Error[0].ErrorDetails.RecommendedAction. The native code is in $Error[0].Exception.Data.',
    ...(own.length > 0 ? [`Ids of this module: ${own.join(', ')}.`] : []),
    'Ids of every such module: InvalidParameter, PlatformNotSupported, LibraryNotFound, FunctionNotFound, Win32Error (any ' +
      "other code of Windows, with the system's text), NativeError (an errno, or a code of the library), OutputTooLarge (a result " +
      'that does not fit into the memory that the definition allows), BridgeNotFound, BridgeExited, BridgeTimeout, BridgeProtocolError and ConfirmationNotAvailable (a change had to be confirmed, and nobody could be asked).',
  ].join('\n\n');
}

function outputErrors({ cmdlets: all }: Definition): readonly ErrorText[] {
  return all.flatMap(({ output }) => outputKind(output).errors?.(output) ?? []);
}
