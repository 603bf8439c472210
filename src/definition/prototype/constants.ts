/** The values of constant expressions. */
import { nearest, refuse } from './errors.js';
import type { Expression } from './syntax.js';

/** The value of a name; undefined if there is none. */
export type Constants = (name: string) => bigint | undefined;

/** More bits than any C type has. */
const MOST_BITS = 64n;

/** Returns the value of an expression. Throws Mistake for a name without a value. `known`: names for the message. */
export function evaluate(expression: Expression, constants: Constants, known: Iterable<string> = []): bigint {
  const valueOfPart = (one: Expression): bigint => {
    switch (one.kind) {
      case 'number':
        return one.value;
      case 'name': {
        const value = constants(one.name);
        if (value !== undefined) return value;
        const near = nearest(one.name, known);
        const hint =
          near === undefined ? `add '#define ${one.name} <number>', or write the number` : `is it '${near}'?`;
        return refuse(one.at, `the value of '${one.name}' is unknown: ${hint}`);
      }
      case 'other':
        return refuse(one.at, 'this is not valid here; write a number or a name');
      case 'signed':
        return [...one.signs].reduceRight((value, sign) => signed(sign, value, one), valueOfPart(one.operand));
      case 'chain':
        return one.rest.reduce(
          (left, [operator, right]) => combined(operator, left, valueOfPart(right), right),
          valueOfPart(one.first),
        );
    }
  };
  return valueOfPart(expression);
}

function signed(sign: string, value: bigint, { at }: Expression): bigint {
  if (sign === '*') return refuse(at, 'a constant cannot be dereferenced');
  if (sign === '-') return -value;
  return sign === '~' ? ~value : value;
}

function combined(operator: string, left: bigint, right: bigint, { at }: Expression): bigint {
  switch (operator) {
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return limited(left * right, at);
    case '<<':
    case '>>':
      if (right < 0n || right > MOST_BITS) return refuse(at, `a shift by ${right} is undefined`);
      return operator === '<<' ? limited(left << right, at) : left >> right;
    default:
      if (right === 0n) return refuse(at, 'division by zero');
      return operator === '/' ? left / right : left % right;
  }
}

/** Throws for a value of too many bits, so that a product cannot grow without limit. */
function limited(value: bigint, at: number): bigint {
  return BigInt.asIntN(128, value) === value ? value : refuse(at, 'the value is too large for any C type');
}
