/** Checks of cmdlets and of the objects they return. */
import { expandName, termsFor } from './expand.js';
import type { Report } from './meaning.js';
import { hasComputed } from './meaning-functions.js';
import { knownPlaceholders, reportRepeated } from './meaning-texts.js';
import { placeholdersOf } from './placeholders.js';
import { pointerTo } from './source-text.js';
import type { CmdletDefinition, DefinitionSource, FunctionDefinition } from './types.js';

/** Source: MicrosoftDocs, "Approved Verbs for PowerShell Commands". */
const APPROVED_VERBS = new Set(
  (
    'Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset Resize ' +
    'Search Select Set Show Skip Split Step Switch Undo Unlock Watch Connect Disconnect Read Receive Send Write Backup Checkpoint ' +
    'Compare Compress Convert ConvertFrom ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish ' +
    'Restore Save Sync Unpublish Update Debug Measure Ping Repair Resolve Test Trace Build Complete Deploy Deny Disable Enable Install ' +
    'Invoke Register Request Restart Resume Start Stop Submit Suspend Uninstall Unregister Wait Approve Assert Confirm Block Grant ' +
    'Protect Revoke Unblock Unprotect Use'
  ).split(' '),
);

export function checkCmdlets(source: DefinitionSource, report: Report): void {
  checkObjects(source, report);
  source.cmdlets.forEach((cmdlet, index) => {
    checkCmdlet(source, cmdlet, pointerTo('cmdlets', index), report);
  });
  reportRepeated(
    source.cmdlets.flatMap((cmdlet, index) =>
      expandName(cmdlet.name, source.variants ?? {}).map((full) => ({
        full,
        place: pointerTo('cmdlets', index, 'name'),
      })),
    ),
    report,
  );
}

function checkCmdlet(source: DefinitionSource, cmdlet: CmdletDefinition, place: string, report: Report): void {
  const verb = cmdlet.name.slice(0, cmdlet.name.indexOf('-'));
  if (!APPROVED_VERBS.has(verb))
    report(`${place}/name`, `'${verb}' is not an approved verb of PowerShell (Get-Verb lists them)`);
  const fn = Object.hasOwn(source.functions, cmdlet.function) ? source.functions[cmdlet.function] : undefined;
  if (!fn) {
    report(`${place}/function`, `there is no function '${cmdlet.function}'`);
    return;
  }
  if (fn.changesState && !cmdlet.shouldProcess) {
    report(place, `'${cmdlet.function}' changes the system, so the cmdlet needs shouldProcess`);
  }
  checkOutput(source, cmdlet, fn, place, report);
  const known = knownPlaceholders(source, cmdlet.function, fn);
  for (const key of ['action', 'target', 'query'] as const) {
    for (const used of placeholdersOf(cmdlet.shouldProcess?.[key] ?? '')) {
      if (!known.has(used))
        report(`${place}/shouldProcess/${key}`, `{${used}} is neither a parameter nor a computed value nor a variant`);
    }
  }
}

function checkOutput(
  source: DefinitionSource,
  cmdlet: CmdletDefinition,
  fn: FunctionDefinition,
  place: string,
  report: Report,
): void {
  const output = cmdlet.output;
  if (output.kind === 'boolean') {
    const known = new Set(source.errors.map((error) => error.id));
    output.falseOn.forEach((id, index) => {
      if (!known.has(id)) report(place + pointerTo('output', 'falseOn', index), `no error has the id '${id}'`);
    });
  }
  if (output.kind !== 'object') return;
  const objects = source.objects ?? {};
  const object = Object.hasOwn(objects, output.object) ? objects[output.object] : undefined;
  if (!object) {
    report(`${place}/output/object`, `there is no object '${output.object}'`);
    return;
  }
  const available = valuesOf(source, cmdlet.function, fn);
  for (const property of object.properties) {
    if (!available.has(property.from)) {
      report(
        `${place}/output/object`,
        `the object's property '${property.name}' needs '${property.from}', which ${cmdlet.function} does not have`,
      );
    }
  }
}

/** Names of the values that an output object of a function can be made of. */
function valuesOf(source: DefinitionSource, name: string, fn: FunctionDefinition): Set<string> {
  return new Set([
    ...fn.parameters.filter((one) => one.constant === undefined).map((one) => one.name),
    ...Object.entries(source.computed ?? {})
      .filter(([, computed]) => hasComputed(fn, computed.sum))
      .map(([key]) => key),
    ...(fn.returns.resultName === undefined ? [] : [fn.returns.resultName]),
    ...Object.keys(termsFor(name, source.variants ?? {})[0] ?? {}),
  ]);
}

function checkObjects(source: DefinitionSource, report: Report): void {
  for (const [name, object] of Object.entries(source.objects ?? {})) {
    object.properties.forEach((property, index) => {
      if (property.name.toLowerCase() !== 'pstypename') return;
      const place = pointerTo('objects', name, 'properties', index, 'name');
      report(place, `'${property.name}' is where PowerShell keeps the type name; choose another name`);
    });
    reportRepeated(
      object.properties.map((property, index) => ({
        full: property.name,
        place: pointerTo('objects', name, 'properties', index),
      })),
      report,
    );
  }
}
