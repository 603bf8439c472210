/** Types of values, as written in place of a C type. */

/** The byte order of an integer on the native side; JSON and PowerShell always use host order. */
export type ByteOrder = 'host' | 'network';

/**
 * The type expressions that are not names, by the key that identifies each. A kind can add its own to this interface.
 */
export interface TypeExpressions {
  /** `pack`: fields are aligned to at most this many bytes, as with `#pragma pack`. */
  readonly struct: { readonly struct: readonly FieldDefinition[]; readonly pack?: number };
  /**
   * `use`: the field whose value is the value of the union. `switch`: the field of the struct that selects the member.
   */
  readonly union: {
    readonly union: readonly FieldDefinition[];
    readonly use?: string;
    readonly switch?: string;
    readonly pack?: number;
  };
  /** The layouts in 64-bit and in 32-bit Windows, where they differ. */
  readonly architectures: { readonly architectures: { readonly x64: TypeExpression; readonly x86: TypeExpression } };
  readonly array: { readonly array: TypeExpression; readonly length: Extent };
  readonly string: { readonly string: StringEncoding; readonly capacity?: Extent };
  /** Consecutive texts, up to an empty one. */
  readonly texts: { readonly texts: StringEncoding; readonly capacity?: Extent };
  /**
   * A pointer to a text without a NUL at its end. `capacity`: the field that holds the capacity of the memory behind
   * the pointer.
   */
  readonly countedString: {
    readonly countedString: StringEncoding;
    readonly count: CountField;
    readonly capacity?: CountField;
  };
  readonly bytes: { readonly bytes: Extent };
  /** Structs behind a pointer that contain their own size, with the size of their memory in bytes. */
  readonly sid: { readonly sid: Extent };
  readonly endpoint: { readonly endpoint: Extent };
  readonly handle: HandleType;
  readonly callback: CallbackType;
  readonly pointer: PointerType;
  /** One struct with an open end, in memory with a size in bytes. */
  readonly buffer: { readonly buffer: TypeExpression; readonly size: CountedBy };
  readonly flags: { readonly flags: Readonly<Record<string, number>>; readonly base: string };
  readonly enum: { readonly enum: Readonly<Record<string, number>>; readonly base: string };
}

/** A function that the library calls back for each item that it lists. Its arguments are an output: rows. */
export interface CallbackType {
  readonly callback: {
    /** `pointer`: passed by a pointer to one value. `ignored`: not a column of the rows. */
    readonly parameters: readonly {
      readonly name: string;
      readonly type: TypeExpression;
      readonly pointer?: true;
      readonly ignored?: true;
    }[];
    readonly returns: string;
    /** The value that it returns so that the library continues; absent for void. */
    readonly answer?: number;
    /** The maximum number of calls. */
    readonly limit?: number;
  };
}

/** A handle that a function opens. A caller refers to it by a text from the bridge, and never by its number. */
export interface HandleType {
  /** The type of the number: `HANDLE`, or an integer such as a file descriptor. */
  readonly handle: string;
  /** The function that releases it. It is called once for each handle: by the caller, or when the bridge ends. */
  readonly release: string;
  /** Predefined handles by name, such as the root keys of the registry. They are never released. */
  readonly values?: Readonly<Record<string, number | string>>;
  /** True for one that the function only lends, as GetStdHandle does: the bridge never releases it by itself. */
  readonly lent?: true;
}

/** A type: the name of a built-in or of an entry of `types`, or one of the composites. */
export type TypeExpression = string | TypeExpressions[keyof TypeExpressions];

/** `ansi`: the ANSI code page, used by Windows functions whose names end in A; UTF-8 on other systems. */
export type StringEncoding = 'utf16' | 'utf8' | 'ansi';

/**
 * The number of elements in the memory of a parameter: fixed, or held by another parameter of the function, or, for the
 * open end of a struct, held by one of its fields.
 */
export type Extent = number | CountedBy | CountField;

/** A field of the same struct that holds the number of elements. Callers neither give nor see it. */
export interface CountField {
  readonly field: string;
  /** `bytes` if the field counts bytes although the elements are larger. */
  readonly unit?: 'elements' | 'bytes';
}

/**
 * An integer parameter that holds the number of elements of another one's memory. dllet sets it; a caller cannot.
 * Elements are bytes, the characters of a string, or the elements of an array.
 */
export interface CountedBy {
  readonly parameter: string;
  /** `bytes` if the parameter counts bytes although the elements are larger. */
  readonly unit?: 'elements' | 'bytes';
  /**
   * Where the function reports the number of elements written, if not in `parameter`: another parameter, or the
   * `return` value.
   */
  readonly written?: string;
  /**
   * For memory with a size in bytes that holds structs followed by the data that they point to: the number of structs,
   * or the parameter to which the function writes it.
   */
  readonly each?: string | number;
  /** The number of elements in an output's memory for the first call. */
  readonly start?: number;
  /** The maximum number of elements to which the memory of an output grows. */
  readonly limit?: number;
}

/** A pointer to memory of the library: one value, several elements, or a linked list. */
export interface PointerType {
  readonly pointer: TypeExpression;
  /** The number of elements; absent for one value or a linked list. */
  readonly count?: PointerCount;
  /** The maximum number of elements of a linked list. */
  readonly limit?: number;
}

/** The number of elements behind a pointer: fixed, or held by another field of the struct, or by another parameter. */
export type PointerCount = number | CountField | { readonly parameter: string; readonly unit?: 'elements' | 'bytes' };

/** A type with the constraints and description of its values. */
export interface ValueSpec {
  readonly type: TypeExpression;
  readonly byteOrder?: ByteOrder;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}

export interface FieldDefinition extends ValueSpec {
  readonly name: string;
  /** A fixed value: neither requested from a caller nor reported. */
  readonly constant?: number;
  /** True if the field holds the size of the struct, in the process that calls: neither requested nor reported. */
  readonly size?: true;
  /**
   * False if the author states that the integer field is not the size of the struct or of anything in it, whatever its
   * name suggests.
   */
  readonly isSize?: false;
  /** True for a pointer that can be NULL where a caller gives the struct. */
  readonly optional?: true;
  /** In a union with `switch`: the values of that field for which it is used. */
  readonly case?: readonly number[];
  /** In a union with `switch`: used for all other values. */
  readonly default?: true;
  /** The number of bits of a bit field in its integer type; 0 closes the previous unit. */
  readonly bits?: number;
  /** True for bits without a name in C: always 0. Callers neither give nor see them. */
  readonly padding?: true;
  /** True for the pointer to the next element of a linked list: the list is an array of its elements. */
  readonly next?: true;
}
