/** Checks of names that PowerShell, Windows or JavaScript would interpret differently. */
import { expandName } from '../expand.js';
import { singularNoun } from '../nouns.js';
import {
  COMMON_PARAMETERS,
  isDeviceName,
  isOwnCommand,
  moduleWithCommand,
  SPECIAL_VARIABLES,
  shippedModule,
  TYPE_WORDS,
} from '../reserved-names.js';
import { pointerTo } from '../source-text.js';
import type { CmdletDefinition, DefinitionSource, ResourceDefinition } from '../types.js';
import type { Report } from './report.js';

export function checkNames(source: DefinitionSource, report: Report): void {
  checkPrototype(source, report);
  checkModuleName(source.name, '/name', report);
  source.cmdlets.forEach((cmdlet, index) => {
    const place = pointerTo('cmdlets', index);
    checkCommand(source, cmdlet, `${place}/name`, report);
    checkNoun(cmdlet, `${place}/name`, report);
    checkSwitch(source, cmdlet, `${place}/existing/switch`, report);
  });
  for (const [name, resource] of Object.entries(source.dsc ?? {}))
    checkResourceNames(name, resource, pointerTo('dsc', name), report);
}

/** `__proto__` is not an ordinary name in JavaScript: assigning to it changes the prototype, and the value is lost. */
function checkPrototype(source: DefinitionSource, report: Report): void {
  const waiting: { readonly value: unknown; readonly place: string }[] = [{ value: source, place: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, place } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const at = place + pointerTo(key);
      const isName = key === '__proto__' || (/^(name|resultName|switch)$/.test(key) && inner === '__proto__');
      if (isName) report(at, "'__proto__' is not allowed as a name; choose another name");
      waiting.push({ value: inner, place: at });
    }
  }
}

/** The module's directory and files are named after it. */
function checkModuleName(name: string, place: string, report: Report): void {
  checkFileName(name, place, report);
  const [extension] = /\.(psd1|psm1|ps1|ps1xml|cdxml|dll|exe)$/i.exec(name) ?? [];
  if (extension !== undefined)
    report(place, `'${name}' ends with ${extension}, so that PowerShell takes it for a file; choose another name`);
  const shipped = shippedModule(name);
  if (shipped !== undefined)
    report(place, `'${name}' is the name of a module that comes with PowerShell or Windows; choose another name`);
}

function checkFileName(name: string, place: string, report: Report): void {
  if (isDeviceName(name))
    report(place, `'${name}' is a device name of Windows, so a file cannot have it; choose another name`);
}

function checkCommand(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  for (const name of expandName(cmdlet.name, source.variants ?? {})) {
    if (isOwnCommand(name, source.name))
      report(place, `'${name}' is the command of the module that verifies its files; choose another name`);
    const module = cmdlet.shadows ? undefined : moduleWithCommand(name);
    if (module !== undefined) {
      report(
        place,
        `'${name}' would hide a command of ${module}, which comes with PowerShell or Windows; ` +
          'choose another noun, or write "shadows": true if you want this',
      );
    }
  }
}

function checkNoun({ name, allowPluralNoun }: CmdletDefinition, place: string, report: Report): void {
  const singular = singularNoun(name);
  if (allowPluralNoun || singular === name) return;
  const owner = moduleWithCommand(singular);
  const advice =
    owner === undefined ? `use '${singular}'` : `choose another one ('${singular}' is a command of ${owner})`;
  report(
    place,
    `'${name}' has a plural noun, but nouns in PowerShell are singular; ${advice}, or write ` +
      '"allowPluralNoun": true if you want this',
  );
}

/** A switch is an additional parameter of the cmdlet. */
function checkSwitch(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  const name = cmdlet.existing?.switch;
  if (name === undefined) return;
  const key = name.toLowerCase();
  if (COMMON_PARAMETERS.has(key)) report(place, `'${name}' is a common parameter of PowerShell; choose another name`);
  if (SPECIAL_VARIABLES.has(key)) report(place, `'${name}' is a reserved variable of PowerShell; choose another name`);
  const called = cmdlet.function === undefined ? source.operations : source.functions;
  const of = cmdlet.function ?? cmdlet.operation ?? '';
  const parameters = called && Object.hasOwn(called, of) ? (called[of]?.parameters ?? []) : [];
  const names = [...parameters.map((one) => one.name), ...Object.keys(source.computed ?? {}), ...OWN_PARAMETERS];
  if (names.some((one) => one.toLowerCase() === key))
    report(place, `'${name}' is also the name of a parameter or a computed value; choose another name`);
}

/** Parameters that the generator may add. */
const OWN_PARAMETERS = ['InputObject', 'Reason'];

/** Members of a resource's class besides its properties, and those of every .NET object. */
const CLASS_MEMBERS = new Set(
  'get set test export converttodesired convertfromstate equals gethashcode gettype tostring memberwiseclone finalize'.split(
    ' ',
  ),
);

/** True for a name that no property of a class can have. */
export const isClassMember = (name: string): boolean =>
  CLASS_MEMBERS.has(name.toLowerCase()) || SPECIAL_VARIABLES.has(name.toLowerCase());

function checkResourceNames(name: string, resource: ResourceDefinition, place: string, report: Report): void {
  const fileOf = (type: string) => type.slice(type.lastIndexOf('/') + 1);
  checkFileName(fileOf(resource.type), `${place}/type`, report);
  if (resource.list) checkFileName(fileOf(resource.list.type), `${place}/list/type`, report);
  if (!resource.class) return;
  checkModuleName(resource.class.module, `${place}/class/module`, report);
  if (TYPE_WORDS.has(name.toLowerCase()))
    report(
      place,
      `'${name}' is a keyword or type of PowerShell, so it cannot be the name of the class; choose another name`,
    );
}
