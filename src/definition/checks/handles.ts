/** Checks of handles: the function that releases a handle must exist and accept it. */
import { kindOf, ownsHandles, releasesOf, type Shape } from '../../kinds/index.js';
import { suggestion } from '../near-names.js';
import { inputsOf } from '../parameters.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource, FunctionDefinition } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkHandles(source: DefinitionSource, report: Report): void {
  for (const [name, fn] of Object.entries(source.functions)) {
    const place = pointerTo('functions', name);
    checkRelease(source, { type: fn.returns.type }, `${place}/returns/type`, report);
    fn.parameters.forEach((parameter, index) => {
      const at = `${place}${pointerTo('parameters', index)}`;
      checkRelease(source, parameter, `${at}/type`, report);
      if (parameter.direction === 'inout' && isHandle(resolveType(source, parameter)))
        report(`${at}/direction`, `'${parameter.name}' is a handle, so it must be in or out, not inout`);
    });
  }
}

/** True for a handle, or handles in an array: a function that gets and writes one closes it and opens another. */
function isHandle(shape: Shape | undefined): boolean {
  if (!shape) return false;
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  return kind.release?.(shape) !== undefined || (element !== undefined && isHandle(element) && !kind.fields);
}

function checkRelease(
  source: DefinitionSource,
  spec: Pick<FunctionDefinition['returns'], 'type'>,
  place: string,
  report: Report,
): void {
  const shape = resolveType(source, spec);
  const releases = shape ? releasesOf(shape) : [];
  if (shape && lendsHandle(shape))
    report(
      place,
      'the library still owns the handles in it, so they must not be released: write their plain type, such as HANDLE',
    );
  for (const release of releases) {
    const fn = Object.hasOwn(source.functions, release) ? source.functions[release] : undefined;
    if (!fn) {
      const hint = suggestion(release, Object.keys(source.functions));
      report(place, `there is no function '${release}' to release the handle: declare it; ${hint}`);
    } else if (!takesOnly(source, fn, release)) {
      report(place, `'${release}' releases a handle, so the handle must be its only input`);
    }
  }
}

/** True if handles that a function releases are behind a pointer, or among the arguments of a callback. */
function lendsHandle(shape: Shape): boolean {
  const kind = kindOf(shape);
  const element = kind.element?.(shape);
  const parts = [...(kind.fields?.(shape) ?? []).map((field) => field.shape), ...(element ? [element] : [])];
  return (kind.lent?.(shape) ?? []).some(ownsHandles) || parts.some(lendsHandle);
}

function takesOnly(source: DefinitionSource, fn: FunctionDefinition, release: string): boolean {
  const inputs = inputsOf(fn);
  const [shape] = inputs.map((one) => resolveType(source, one));
  return inputs.length === 1 && shape !== undefined && releasesOf(shape).includes(release);
}
