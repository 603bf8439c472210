/** Help texts of function parameters that follow from their types. */
import type { Definition } from '../definition/types.js';
import { listed, sentence } from '../definition/words.js';
import { releasesOf, valueInWords } from '../kinds/index.js';
import type { CmdletParameter, FunctionCmdlet } from '../model/types.js';
import { openersOf } from './related.js';

/** Returns the description of an input, generated if the author gave none. */
export function describedInput(
  definition: Definition,
  cmdlet: FunctionCmdlet,
  { from, name, shape }: CmdletParameter,
): string {
  const unit = Object.keys(UNITS).find((one) => UNITS[one]?.test(from));
  const openers = releasesOf(shape).flatMap((one) => openersOf(definition, cmdlet, one));
  const words = [
    valueInWords(shape, 'given'),
    ...(unit === undefined ? [] : [`in ${unit}`]),
    ...(openers.length === 0 ? [] : [`as ${listed(openers, 'or')} returns it`]),
  ].join(', ');
  return `${sentence(words)}${from === name ? '' : ` The function calls this parameter ${from}.`}`;
}

/** Units at the end of a name. */
const UNITS: Readonly<Record<string, RegExp>> = {
  milliseconds: /[Mm]illiseconds$|[a-z]Ms$|_ms$/,
  microseconds: /[Mm]icroseconds$|_us$/,
  nanoseconds: /[Nn]anoseconds$|_ns$/,
  seconds: /[Ss]econds$|_secs?$/,
  bytes: /[Bb]ytes$|^cb[A-Z]/,
  percent: /[Pp]ercent$/,
};

/** Describes what happens if a parameter is omitted. */
export function leftOut({ mandatory, default: value }: CmdletParameter): string[] {
  return mandatory || value !== undefined ? [] : ['If you omit it or give $null, the function gets NULL.'];
}
