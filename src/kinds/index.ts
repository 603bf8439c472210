/** The door of this room: what a value is, and what its kind knows of it. */
import './all.js';
import type { NativeValue } from '../definition/execution.js';
import type { Json } from './json.js';
import type { Codec, Limits, Machine, Residence, Shape, WholeNumber, WireType } from './kind.js';
import { kindOf } from './registry.js';

export { type Json, ValueError } from './json.js';
export type {
  Codec,
  Field,
  Kind,
  Layout,
  Limits,
  Machine,
  NativeType,
  Problem,
  RefusedSample,
  Residence,
  SampleValue,
  Shape,
  WholeNumber,
  WireType,
} from './kind.js';
export { builtInNames, kindOf, kindWithType, registerKind } from './registry.js';
export { inheritSpec, type NamedTypes, resolveBuiltIn, resolveShape } from './resolve.js';
export { TypeResolutionError } from './type-resolution-error.js';

/** The backend's value of a JSON value. Throws ValueError; the sentence starts after the name of the value. */
export const decodeValue = (shape: Shape, json: Json): NativeValue => kindOf(shape).decode(shape, json);

/** The JSON value of a backend's value. */
export const encodeValue = (shape: Shape, value: NativeValue): Json => kindOf(shape).encode(shape, value);

/** True for what JSON carries as a decimal string. */
export const travelsAsString = (shape: Shape): boolean => kindOf(shape).travelsAsString?.(shape) ?? false;

/**
 * Bytes of a value in memory, with C's natural alignment and pointers of 64 bits: what a size parameter or a size field is on 64-bit
 * Windows. A 32-bit process needs no more.
 */
export const sizeOf = (shape: Shape): number => kindOf(shape).layout(shape).size;

/** The whole number that a value is; undefined for what is none. */
export const wholeNumberOf = (shape: Shape): WholeNumber | undefined => kindOf(shape).wholeNumber?.(shape);

/** Which values a parameter takes, as far as PowerShell can say it. */
export const limitsOf = (shape: Shape): Limits | undefined => kindOf(shape).limits?.(shape);

/** The type as PowerShell writes it, without brackets: `uint16`, `uint64`, `bool`, `string`. */
export const powershellType = (shape: Shape): string => kindOf(shape).powershellType(shape);

/** How a value travels to the client. */
export const wireTypeOf = (shape: Shape): WireType => kindOf(shape).wireType?.(shape) ?? powershellType(shape);

/** How values of a shape cross the border. Throws TypeResolutionError for what C cannot express in this place. */
export const codecOf = (shape: Shape, residence: Residence, machine: Machine): Codec =>
  kindOf(shape).codec(shape, residence, machine);
