/** What names of parameters and functions tell, where metadata says nothing. */
import { namesCount, namesSize } from '../definition/size-names.js';
import type { Sort } from './sort.js';

/** True for a function that ends what a pointer leads to. */
export const endsIt = (functionName: string): boolean => /free|close|release|delete|destroy|end$/i.test(functionName);

/**
 * True for functions whose pointers to numbers point to one number each, although another parameter could tell how many. Each
 * was reviewed. Source: their pages on learn.microsoft.com.
 */
export const hasSingleValues = (functionName: string): boolean =>
  /^(Create|Lookup)Persistent(Tcp|Udp)PortReservation$/.test(functionName);

/** True for what says how much there is: cbData, pcchName, lpcSubKeys, pdwCount, dataLength. */
export const tellsCount = (name: string): boolean =>
  namesSize(name) || namesCount(name) || /^((lp|p)?(dw)?(c|cb|cch)[A-Z]|p?num)/.test(name);

/** True for what a function tells in one number, such as a state or how much it wrote. */
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

/** True for what tells how many bytes of its memory a function wrote, or would have. */
export const tellsWritten = (name: string): boolean =>
  /(BytesReturned|ReturnLength|ReturnedLength|LengthNeeded|BytesRead|cbNeeded|BytesUsed)$/.test(name);

/** True for a number that could tell how many numbers or structs another parameter points to. */
export function couldTellHowMany(name: string, sort: Sort): boolean {
  if (namesCount(name) || /first|last/i.test(name)) return true;
  return sort !== 'struct' && (namesSize(name) || /start|end|number|pname/i.test(name));
}

/** True for an address that stands for something, which nobody reads through it. */
export const standsForSomething = (name: string): boolean => /^h[A-Z]|handle|cookie/i.test(name);

/** True for what is always 0. */
export const isReserved = (name: string): boolean => /^(lp|p|dw|ul|n|u|pv)?_?reserved\d*$/i.test(name);
