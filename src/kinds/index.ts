/** The public interface of this directory: the questions about a value that its kind answers. */
import './all.js';
import type { NativeValue } from '../definition/execution.js';
import type { Json } from './json.js';
import type {
  Callback,
  Codec,
  CountedMemory,
  Field,
  HandleAccess,
  Limits,
  Machine,
  Place,
  Problem,
  Residence,
  ReturnForm,
  Shape,
  WholeNumber,
  WireType,
} from './kind.js';
import { openPlaceProblems } from './open-end.js';
import { kindOf } from './registry.js';

export { inBothLayouts, typedefInC } from './architectures.js';
export { rowsOf } from './array.js';
export { declareInC } from './declare-in-c.js';
export { dotnetType, isValueType } from './dotnet-type.js';
export { exampleOf } from './example.js';
export { type Json, ValueError } from './json.js';
export type {
  Callback,
  Codec,
  CodePage,
  CountedMemory,
  Field,
  FilledPart,
  HandleAccess,
  JsonSchema,
  Kind,
  Layout,
  Limits,
  Machine,
  MemoryOfCall,
  NativeType,
  Open,
  OpenEnd,
  Place,
  Problem,
  RefusedSample,
  Residence,
  ReturnForm,
  SampleValue,
  Shape,
  WholeNumber,
  WireType,
} from './kind.js';
export { openPartProblem } from './open-end.js';
export {
  allKinds,
  builtInNames,
  isMadeByFunction,
  kindOf,
  kindWithType,
  partsOf,
  registerKind,
  typeForms,
} from './registry.js';
export { inheritSpec, type NamedTypes, resolveBuiltIn, resolveShape } from './resolve.js';
export { membersOf, shownType } from './shown-type.js';
export { TypeResolutionError } from './type-resolution-error.js';

/**
 * Converts a JSON value to the backend's value. Throws ValueError, whose message is written to follow the name of the
 * value.
 */
export const decodeValue = (shape: Shape, json: Json, handles?: HandleAccess): NativeValue =>
  kindOf(shape).decode(shape, json, handles);

/** Converts a backend's value to JSON. */
export const encodeValue = (shape: Shape, value: NativeValue, handles?: HandleAccess): Json =>
  kindOf(shape).encode(shape, value, handles);

/** The functions that release the handles in a value, at any depth. */
export const releasesOf = (shape: Shape): readonly string[] => handlesIn(shape).map(({ release }) => release);

/** True if a value has handles that are released with their last holder. */
export const ownsHandles = (shape: Shape): boolean => handlesIn(shape).some(({ isLent }) => !isLent);

function handlesIn(shape: Shape): readonly { readonly release: string; readonly isLent: boolean }[] {
  const kind = kindOf(shape);
  const release = kind.release?.(shape);
  const element = kind.element?.(shape);
  const parts = [...(kind.fields?.(shape) ?? []).map((field) => field.shape), ...(element ? [element] : [])];
  const own = release === undefined ? [] : [{ release, isLent: kind.isLent?.(shape) === true }];
  return [...own, ...parts.flatMap(handlesIn)];
}

/** The elements of a field of a struct, or of a struct behind a pointer; undefined if there is no such field or it has no elements. */
export function elementOfField(shape: Shape, name: string): Shape | undefined {
  const field = fieldsOf(shape).find((one) => one.name === name);
  return field && kindOf(field.shape).element?.(field.shape);
}

/**
 * The name of the field with the elements, if a struct (or the one behind a pointer) consists only of elements at its
 * end.
 */
export function onlyElements(shape: Shape): string | undefined {
  const [only, ...others] = fieldsOf(shape);
  if (!only || others.length > 0 || kindOf(only.shape).open?.(only.shape) !== 'end') return undefined;
  return elementOfField(shape, only.name) && only.name;
}

/** The fields of a value, or of the value behind a pointer. */
function fieldsOf(shape: Shape): readonly Field[] {
  const kind = kindOf(shape);
  if (kind.element?.(shape)) return [];
  const [lent] = kind.lent?.(shape) ?? [];
  return kind.fields?.(shape) ?? (lent ? fieldsOf(lent) : []);
}

/** Mistakes of a parameter with such a value. */
export const placeProblemsOf = (shape: Shape, place: Place): readonly Problem[] => [
  ...openPlaceProblems(kindOf(shape).open?.(shape), place),
  ...(kindOf(shape).placeProblems?.(shape, place) ?? []),
];

/** True for a value that JSON represents as a decimal string. */
export const travelsAsString = (shape: Shape): boolean => kindOf(shape).travelsAsString?.(shape) ?? false;

/**
 * The size of a value in memory in bytes, with C's natural alignment and 64-bit pointers. It is the value of a size
 * parameter or size field on 64-bit Windows, and enough for a 32-bit process.
 */
export const sizeOf = (shape: Shape): number => kindOf(shape).layout(shape).size;

/** The value as a whole number; undefined for any other value. */
export const wholeNumberOf = (shape: Shape): WholeNumber | undefined => kindOf(shape).wholeNumber?.(shape);

/** Returns which return values can mean failure; undefined if no function can return such a value. */
export const returnFormOf = (shape: Shape): ReturnForm | undefined => kindOf(shape).returns?.(shape);

/** The valid values of a parameter, as far as PowerShell can express them. */
export const limitsOf = (shape: Shape): Limits | undefined => kindOf(shape).limits?.(shape);

/** Describes a value for help, in lower case: `a text`. */
export const valueInWords = (shape: Shape, use: 'given' | 'returned'): string => kindOf(shape).inWords(shape, use);

/** The PowerShell type without brackets: `uint16`, `uint64`, `bool`, `string`. */
export const powershellType = (shape: Shape): string => kindOf(shape).powershellType(shape);

/** The representation of a value between bridge and client. */
export const wireTypeOf = (shape: Shape): WireType => kindOf(shape).wireType?.(shape) ?? powershellType(shape);

/** Returns the codec of a shape. Throws TypeResolutionError for a type that C cannot express in this place. */
export const codecOf = (shape: Shape, residence: Residence, machine: Machine): Codec =>
  kindOf(shape).codec(shape, residence, machine);

/** The function that is passed for a value; undefined for any other value. */
export const callbackOf = (shape: Shape, machine: Machine): Callback | undefined =>
  kindOf(shape).callback?.(shape, machine);

/** The memory of a value whose number of elements another parameter holds; undefined for any other value. */
export const countedOf = (shape: Shape, machine: Machine): CountedMemory | undefined =>
  kindOf(shape).counted?.(shape, machine);
