/** Plans the cmdlet of every module that verifies its files against the packed catalog. */
import { ownCommand } from '../definition/reserved-names.js';
import type { Definition } from '../definition/types.js';
import { bindingCode, callVariable } from './plan-common.js';
import { aboutTopic, NO_INPUT, onlineHelp, syntaxOf } from './plan-help.js';
import { switchParameter } from './plan-parameter.js';
import type { CmdletPlan, HelpPlan, ParameterPlan } from './plan-types.js';
import { moduleName, quoted } from './powershell-text.js';

export function planIntegrityCmdlet(definition: Definition): CmdletPlan {
  const name = moduleName(definition.name);
  const passThru = switchParameter(
    'PassThru',
    'Returns one object for each file that deviates, in place of $true or $false.',
  );
  return {
    name: ownCommand(name),
    binding: bindingCode(undefined),
    outputTypes: ['[bool]', quoted(`${name}.FileDeviation`)],
    variable: callVariable([passThru]),
    declared: [passThru],
    shouldProcess: undefined,
    suppressions: [],
    help: planIntegrityHelp(definition, passThru),
  };
}

function planIntegrityHelp(definition: Definition, passThru: ParameterPlan): HelpPlan {
  const { name } = definition;
  const command = ownCommand(name);
  return {
    name: command,
    synopsis: 'Tests whether every file of this module is as it was packed.',
    description: [
      `Compares the files in the folder of the module with the SHA-256 digests in ${name}.catalog.json. Finds damaged, missing and additional files. A module that was not packed has no catalog, and is not vouched for.`,
      `This is no proof of where the module comes from: who can change the files can write a new catalog. Signatures prove it: see Get-AuthenticodeSignature, and Test-FileCatalog where the module comes with ${name}.cat.`,
    ],
    syntax: syntaxOf([passThru], []),
    parameters: [passThru],
    inputs: [NO_INPUT],
    outputs: [
      { name: 'System.Boolean', description: ['$true when nothing deviates.'] },
      {
        name: `${name}.FileDeviation`,
        description: [
          'With -PassThru, one for each file that deviates.',
          'Path: The file, from the folder of the module.',
          'Status: Changed, Missing, Extra, Unreadable, or Link for a file or folder that is a link to somewhere else.',
          'Expected: The digest in the catalog.',
          'Actual: The digest of the file, or why it cannot be read.',
        ],
      },
    ],
    notes: [],
    examples: [
      { code: command, description: ['$true where all files are as they were packed.'] },
      { code: `${command} -PassThru`, description: ['Lists what deviates.'] },
      {
        code: `if (-not (${command})) { throw 'The module is not as it was packed.' }`,
        description: ['Ends a script whose module somebody has changed.'],
      },
    ],
    online: onlineHelp(definition, command),
    links: [],
    related: [aboutTopic(definition)],
  };
}
