/** Interprets names of parameters and functions where metadata has no information. */
import { namesCount, namesSize } from '../definition/size-names.js';
import type { Sort } from './sort.js';

/** True for a function that ends the object behind a pointer. */
export const endsIt = (functionName: string): boolean => /free|close|release|delete|destroy|end$/i.test(functionName);

/**
 * True for functions whose pointers to numbers point to one number each, although another parameter could be a count.
 * Each was reviewed. Source: their pages on learn.microsoft.com.
 */
export const hasSingleValues = (functionName: string): boolean =>
  /^(Create|Lookup)Persistent(Tcp|Udp)PortReservation$/.test(functionName);

/** True for a name of a count or size: cbData, pcchName, lpcSubKeys, pdwCount, dataLength. */
export const tellsCount = (name: string): boolean =>
  namesSize(name) || namesCount(name) || /^((lp|p)?(dw)?(c|cb|cch)[A-Z]|p?num)/.test(name);

/** True for a name of a single number, such as a state or a written size. */
export const tellsOneNumber = (name: string): boolean => tellsCount(name) || ONE_NUMBER.test(name);

const ONE_NUMBER = new RegExp(
  `(${[
    'access|attributes|available|close|code|control|default\\w*|disposition|entries\\w*|errno|error|errorcode|flags?|free',
    'handle|id|index|interval|level|limit|mask|mode|needed|node|number|outcome|pos|position|precision|processed|read|received',
    'requested|required|result|resume\\w*|returned|sent|serial|state|status|time|total|transferred|type|used|value|version',
    'written',
  ].join('|')})\\d*$`,
  'i',
);

/** True for a name of the number of bytes that a function wrote, or would have written. */
export const tellsWritten = (name: string): boolean =>
  /(BytesReturned|ReturnLength|ReturnedLength|LengthNeeded|BytesRead|cbNeeded|BytesUsed)$/.test(name);

/** True for a number that could be the count of numbers or structs behind another parameter. */
export function couldTellHowMany(name: string, sort: Sort): boolean {
  if (namesCount(name) || /first|last/i.test(name)) return true;
  return sort !== 'struct' && (namesSize(name) || /start|end|number|pname/i.test(name));
}

/** True for the name of an address that is not used for access. */
export const standsForSomething = (name: string): boolean => /^h[A-Z]|handle|cookie/i.test(name);

/** True for a reserved parameter, which is always 0. */
export const isReserved = (name: string): boolean => /^(lp|p|dw|ul|n|u|pv)?_?reserved\d*$/i.test(name);
