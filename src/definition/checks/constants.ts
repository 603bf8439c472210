/** Checks of the fixed value of a parameter. */
import type { Shape } from '../ctypes.js';
import type { Report } from './report.js';

export function checkConstant(shape: Shape, constant: number | string, place: string, report: Report): void {
  if (shape.kind === 'string') {
    if (typeof constant !== 'string') report(place, 'the constant of a string must be a string');
    return;
  }
  if (shape.kind !== 'integer' && shape.kind !== 'handle' && shape.kind !== 'boolean') {
    report(place, `a ${shape.kind} cannot be constant`);
    return;
  }
  if (!/^-?[0-9]+$/.test(String(constant))) report(place, `'${constant}' is not a whole number`);
  else if (shape.kind === 'integer' && (BigInt(constant) < shape.minimum || BigInt(constant) > shape.maximum)) {
    report(place, `${constant} is outside ${shape.minimum} to ${shape.maximum}`);
  }
}
