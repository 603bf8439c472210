/** Questions about a pointer that only the author can answer, each with the possible answers. */
import { namesCount, namesSize } from '../size-names.js';
import { refuse } from './errors.js';
import { isConst, type Read, said } from './read-parameters.js';

/** Asks whether a pointer points to one value or several. */
export function askHowMany(read: Read, all: readonly Read[]): never {
  const { marks, at, type } = read;
  const count = likelyCount(read, all);
  const direction = directionWords(read);
  if (direction === undefined) {
    const isByte = type.base.role === 'byte';
    const one = isByte ? '[out, value], [in, value]' : '[out], [in, out], [in, value]';
    const many = isByte ? `bytes(${count})` : `count(${count})`;
    refuse(
      at,
      `does the function read what ${said(read)} points to, or write it, and is it one value or many? Write ${one}, [in, ${many}] or [out, ${many}] before it`,
    );
  }
  const inBytes = `[${direction}, bytes(${count})]`;
  if (type.base.role !== 'void') {
    const choices = `[${direction}, value], ${inBytes} or [${direction}, count(${count})]`;
    refuse(at, `is ${said(read)} one value, or memory of a number of bytes? Write ${choices} before it`);
  }
  if (marks.out !== undefined || isConst(read)) {
    refuse(at, `how many bytes are behind ${said(read)}? Write ${inBytes} before it`);
  }
  const choices = `[${direction}, value] or ${inBytes}`;
  return refuse(
    at,
    `is ${said(read)} a number that the library returned, or memory of a number of bytes? Write ${choices} before it`,
  );
}

/** Asks how much memory there is for a struct that ends with a variable number of elements. */
export function askHowManyBytes(read: Read, all: readonly Read[]): never {
  const answer = `[${directionWords(read)}, bytes(${likelyCount(read, all)})]`;
  return refuse(
    read.at,
    `how many bytes may the function write to ${said(read)}, whose struct has a variable number of elements at its end? Write ${answer} before it`,
  );
}

/** Asks for the maximum length of an output text. */
export function askHowLong(read: Read, all: readonly Read[]): never {
  const { marks, at } = read;
  const count = likelyCount(read, all);
  if (marks.out === undefined) {
    refuse(
      at,
      `does the function read the text of ${said(read)}, or write it? Write [in], or [out, count(${count})] before it`,
    );
  }
  const answer = `[${directionWords(read)}, count(${count})]`;
  return refuse(at, `how many characters may the function write to ${said(read)}? Write ${answer} before it`);
}

/** Asks how many rows an array of arrays has. */
export function askHowManyRows(read: Read, all: readonly Read[]): never {
  const answer = `[${directionWords(read) ?? 'in'}, count(${likelyCount(read, all)})]`;
  return refuse(read.at, `how many rows are in ${said(read)}? Write ${answer} before it`);
}

/** Asks how many texts there are behind pointers, or whether the function allocates one. */
export function askHowManyTexts(read: Read, all: readonly Read[], isRead: boolean): never {
  const answer = `[in, count(${likelyCount(read, all)})]`;
  if (isRead) refuse(read.at, `how many texts are behind ${said(read)}? Write ${answer} before it`);
  return refuse(
    read.at,
    `does the function read the texts behind ${said(read)}, or is it a pointer to a pointer to memory that the function allocates? Write ${answer} before it, or [out, allocated(TheFunctionThatFreesIt)]`,
  );
}

/** Asks whether the function reads or writes the memory. */
export function askDirection(read: Read): never {
  return refuse(
    read.at,
    `does the function read what ${said(read)} points to, or write it? Write [in], [out] or [in, out] before it`,
  );
}

function directionWords(read: Read): string | undefined {
  const { marks } = read;
  if (marks.out !== undefined) return marks.in === undefined ? 'out' : 'in, out';
  return marks.in !== undefined || isConst(read) ? 'in' : undefined;
}

/**
 * The parameter that most likely holds the size of the memory: one whose name suggests the size of this memory, or else
 * any size, or else the next whole number.
 */
export function likelyCount(read: Read, all: readonly Read[]): string {
  const index = all.indexOf(read);
  // The nearest first: those after the memory before those in front of it.
  const numbers = [...all.slice(index + 1), ...all.slice(0, index).reverse()].filter(canCount);
  const sizes = numbers.filter(({ cName }) => namesSize(cName) || namesCount(cName));
  const own = sizes.find(({ cName }) => cName.toLowerCase().startsWith(read.cName.toLowerCase()));
  return (own ?? sizes[0] ?? numbers[0])?.cName ?? 'n';
}

function canCount({ cName, type: { base, pointers } }: Read): boolean {
  const isFraction = base.type === 'FLOAT' || base.type === 'DOUBLE';
  return cName !== '' && base.role === 'number' && !isFraction && pointers.length < 2;
}

/** Asks which function releases the pointer, or whether it is memory, for which `memory` is the mark. */
export function askWhoReleases(read: Read, memory?: string): never {
  const { type, at } = read;
  const { role, name, tag = name } = type.base;
  const isNamed = role === 'opaque';
  const declared = isNamed ? `struct ${tag} ${name}` : `struct ${tag} *${name}`;
  const answer =
    isNamed || role === 'handle'
      ? `declare its type as "[handle(Close)] typedef ${declared};", where Close is the function that releases it`
      : 'write [handle(Close)] before it, where Close is the function that releases it';
  const other = memory === undefined ? '' : `, or ${memory} if it is memory`;
  const last = isNamed ? `. If the caller allocates the memory, declare '${name}'` : '';
  return refuse(
    at,
    `which function releases ${said(read)}? The library returned the pointer, so a caller must not pass another number: ${answer}${other}, or [value] if any number is safe${last}`,
  );
}
