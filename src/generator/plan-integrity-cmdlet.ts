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
    'Returns one object for each file that differs, instead of $true or $false.',
  );
  return {
    name: ownCommand(name),
    binding: bindingCode(undefined),
    outputTypes: [`'System.Boolean', ${quoted(`${name}.FileDeviation`)}`],
    variable: callVariable([passThru]),
    isForBothModes: true,
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
    synopsis: 'Tests whether the files of this module are unchanged since it was packed.',
    description: [
      `Compares the files in the directory of the module with the SHA-256 digests in ${name}.catalog.json. Finds damaged, missing and additional files. A module that was not packed has no catalog, so its files cannot be tested.`,
      `This does not prove where the module comes from: anyone who can change the files can also write a new catalog. To check the signatures, use Get-AuthenticodeSignature, and Test-FileCatalog if the module has ${name}.cat.`,
    ],
    syntax: syntaxOf([passThru], []),
    parameters: [passThru],
    inputs: [NO_INPUT],
    outputs: [
      { name: 'System.Boolean', description: ['$true if no file differs, otherwise $false.'] },
      {
        name: `${name}.FileDeviation`,
        description: [
          'With -PassThru, one object for each file that differs.',
          'Path: The path of the file, relative to the directory of the module.',
          'Status: Changed, Missing, Extra, Unreadable, or Link for a file or directory that is a link.',
          'Expected: The digest in the catalog.',
          'Actual: The digest of the file, or the reason why it cannot be read.',
        ],
      },
    ],
    notes: [],
    examples: [
      { code: command, description: ['Returns $true if all files are unchanged.'] },
      { code: `${command} -PassThru`, description: ['Lists the files that differ.'] },
      {
        code: `if (-not (${command})) { throw 'The module has been changed since it was packed.' }`,
        description: ['Stops a script if the module has been changed.'],
      },
    ],
    online: onlineHelp(definition, command),
    links: [],
    related: [aboutTopic(definition)],
  };
}
