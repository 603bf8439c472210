/** Checks of the fixed value of a parameter. */
import { kindOf, type Shape } from '../../kinds/index.js';
import type { Report } from './report.js';

export function checkConstant(shape: Shape, constant: number | string, place: string, report: Report): void {
  const kind = kindOf(shape);
  const problem = kind.constant ? kind.constant.problem(shape, constant) : `a ${kind.name} cannot be constant`;
  if (problem !== undefined) report(place, problem);
}
