/** Checks of return values: the type must be able to report failure in the stated way. */
import { type ReturnForm, returnFormOf } from '../../kinds/index.js';
import { failureRule } from '../failure-rules.js';
import type { DefinitionSource, FailureRule, FunctionDefinition } from '../types.js';
import type { Report } from './report.js';
import { resolveType } from './resolve-type.js';

export function checkReturns(source: DefinitionSource, fn: FunctionDefinition, place: string, report: Report): void {
  const shape = resolveType(source, { type: fn.returns.type }, (message) => report(`${place}/type`, message));
  if (!shape) return;
  const form = returnFormOf(shape);
  if (!form)
    report(
      `${place}/type`,
      'a return value must be an integer, an enum, a Boolean, a float, a handle, a string or a pointer to memory',
    );
  checkFailure(fn, form ?? { tells: 'none' }, `${place}/failure`, report);
  const name = fn.returns.resultName;
  if (name !== undefined && fn.parameters.some((parameter) => parameter.name.toLowerCase() === name.toLowerCase())) {
    report(`${place}/resultName`, `'${name}' is also the name of a parameter`);
  }
}

function checkFailure(fn: FunctionDefinition, form: ReturnForm, place: string, report: Report): void {
  const written = fn.returns.failure;
  const rule = failureRule(written);
  if (!rule) return;
  if (typeof written === 'string') {
    if (!fitsCondition(rule, form) || !fitsCode(rule, form))
      report(place, `'${written}' does not fit a return value of this type`);
    return;
  }
  if (!fitsCondition(rule, form)) report(`${place}/when`, 'no return value of this type can be such a value');
  if (!fitsCode(rule, form)) report(`${place}/code`, `a return value of this type cannot be such a code`);
  checkCodes(rule, fn.mayBlock ?? false, place, report);
}

function fitsCondition({ when, code }: FailureRule, { tells, signed }: ReturnForm): boolean {
  if (when === 'zero' || when === 'nonzero') return tells !== 'none';
  // An HRESULT or NTSTATUS has its highest bit set on failure, even in an unsigned type.
  if (when === 'negative' && !signed && !WINDOWS_CODES.has(code)) return false;
  return tells === 'number';
}

function fitsCode({ code }: FailureRule, { bits, isCode }: ReturnForm): boolean {
  if (WINDOWS_CODES.has(code)) return isCode === true && bits === 32;
  return code !== 'returned' || isCode === true;
}

/** The Windows codes that are return values, of 32 bits. */
const WINDOWS_CODES: ReadonlySet<FailureRule['code']> = new Set(['win32', 'hresult', 'ntstatus']);

/** Checks the codes that mean success or absence. `mayBlock`: the call runs on another thread. */
function checkCodes(rule: FailureRule, mayBlock: boolean, place: string, report: Report): void {
  const { code, success = [], absent = [] } = rule;
  for (const [key, codes] of Object.entries({ success, absent })) {
    if (codes.length === 0) continue;
    if (code === 'none') report(`${place}/${key}`, 'the function reports no code, so it cannot report one of these');
    if (mayBlock && (code === 'lastError' || code === 'errno') && codes.includes(0)) {
      report(
        `${place}/${key}`,
        'a function that may block runs on another thread, where dllet cannot clear the code of an earlier call; so a code cannot be told from an old one',
      );
    }
  }
  for (const one of success)
    if (absent.includes(one)) report(`${place}/absent`, `the code ${one} is also listed under success`);
}
