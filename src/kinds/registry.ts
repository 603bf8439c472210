/** The registered kinds, found by a value, by the name of a built-in type, or by the key of a type expression. */
import { own } from '../definition/own.js';
import type { TypeExpression } from '../definition/types.js';
import type { Composite, Kind, Shape, TypeForm, TypePart } from './kind.js';

const kinds = new Map<string, Kind>();

const forms: TypeForm[] = [];

const byType = new Map<string, Kind>();

/** Adds a kind. Throws Error if its name, the name of one of its types, or its key is taken. */
export function registerKind(kind: Kind): void {
  for (const other of kinds.values()) {
    const types = Object.keys(kind.builtIns ?? {}).filter((name) => own(other.builtIns ?? {}, name) !== undefined);
    const isSameKey = kind.composite !== undefined && kind.composite.key === other.composite?.key;
    if (kind.name === other.name || types.length > 0 || isSameKey)
      throw new Error(`the kind '${kind.name}' conflicts with the kind '${other.name}'`);
  }
  kinds.set(kind.name, kind);
  if (kind.composite) forms.push(kind.composite as TypeForm);
  for (const name of Object.keys(kind.builtIns ?? {})) byType.set(name, kind);
}

/** Adds a form of type expressions that are values of other kinds. Throws Error if another one has its key. */
export function registerForm(form: TypeForm): void {
  if (forms.some(({ key }) => key === form.key)) throw new Error(`there is a form '${form.key}' already`);
  forms.push(form);
}

/** Returns all kinds. */
export function allKinds(): Kind[] {
  return [...kinds.values()];
}

/** Returns the kind of a value. */
export function kindOf(shape: Shape): Kind {
  const kind = kinds.get(shape.kind);
  if (!kind) throw new Error(`there is no kind '${shape.kind}'`);
  return kind;
}

/** Returns the kind with a built-in type of this name; undefined if there is none. */
export function kindWithType(name: string): Kind | undefined {
  return byType.get(name);
}

/** Returns the form of a type expression; undefined if no kind has one of its keys. */
export function formOf(type: Composite): TypeForm | undefined {
  return forms.find(({ key }) => Object.hasOwn(type, key));
}

/** Returns the specifications inside a type expression, with their paths; none for a name. */
export function partsOf(type: TypeExpression): readonly TypePart[] {
  return typeof type === 'string' ? [] : (formOf(type)?.parts?.(type) ?? []);
}

/** True for memory that the function allocates, and whose number of elements it returns. */
export function isMadeByFunction(type: TypeExpression): boolean {
  return typeof type !== 'string' && formOf(type)?.isMadeByFunction === true;
}

/** Returns the forms of the type expressions of all kinds. A form is only given expressions with its key. */
export function typeForms(): TypeForm[] {
  return [...forms];
}

/** Returns the names of all built-in types. */
export function builtInNames(): string[] {
  return [...byType.keys()];
}
