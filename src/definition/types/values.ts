/** Types of values: what stands where a C type is written. */

/** The byte order of an integer on the native side; JSON and PowerShell always use host order. */
export type ByteOrder = 'host' | 'network';

/** The type expressions that are not names, each by the key that tells it apart. A kind can add its own to this interface. */
export interface TypeExpressions {
  /** `pack`: fields are aligned to at most this many bytes, as `#pragma pack` says. */
  readonly struct: { readonly struct: readonly FieldDefinition[]; readonly pack?: number };
  /** `use`: the field whose value is that of the union. `switch`: the field of the struct that says which one is used. */
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
  /** Texts one after the other, up to an empty one. */
  readonly texts: { readonly texts: StringEncoding; readonly capacity?: Extent };
  /** A pointer to a text without a NUL at its end. `capacity`: the field that holds the room behind the pointer. */
  readonly countedString: {
    readonly countedString: StringEncoding;
    readonly count: CountField;
    readonly capacity?: CountField;
  };
  readonly bytes: { readonly bytes: Extent };
  /** Structs behind a pointer, by the bytes of their memory. */
  readonly sid: { readonly sid: Extent };
  readonly endpoint: { readonly endpoint: Extent };
  readonly handle: HandleType;
  readonly callback: CallbackType;
  readonly pointer: PointerType;
  /** One struct with an open end, in memory of a number of bytes. */
  readonly buffer: { readonly buffer: TypeExpression; readonly size: CountedBy };
  readonly flags: { readonly flags: Readonly<Record<string, number>>; readonly base: string };
  readonly enum: { readonly enum: Readonly<Record<string, number>>; readonly base: string };
}

/** A function that the library calls back for each thing that it lists. What it is called with is an output: rows. */
export interface CallbackType {
  readonly callback: {
    /** `pointer`: passed by a pointer to one value. `ignored`: no column of the rows. */
    readonly parameters: readonly {
      readonly name: string;
      readonly type: TypeExpression;
      readonly pointer?: true;
      readonly ignored?: true;
    }[];
    readonly returns: string;
    /** What it returns so that the library goes on; absent for void. */
    readonly answer?: number;
    /** The most calls. */
    readonly limit?: number;
  };
}

/** A handle that a function opens. A caller holds it by a text that the bridge gives it, and never by its number. */
export interface HandleType {
  /** The type of the number: `HANDLE`, or an integer such as a file descriptor. */
  readonly handle: string;
  /** The function that releases it. It is called once for each handle: by the caller, or when the bridge ends. */
  readonly release: string;
  /** Handles that are always there, by name, such as the keys of the registry. They are never released. */
  readonly values?: Readonly<Record<string, number | string>>;
  /** True for one that the function only lends, as GetStdHandle does: the bridge never releases it by itself. */
  readonly lent?: true;
}

/** A type: the name of a built-in or of an entry of `types`, or one of the composites. */
export type TypeExpression = string | TypeExpressions[keyof TypeExpressions];

/** `ansi`: the code page of Windows that its functions with an A use; UTF-8 on other systems. */
export type StringEncoding = 'utf16' | 'utf8' | 'ansi';

/**
 * The number of elements in the memory of a parameter: fixed, or held by another parameter of the function; of the open
 * end of a struct, held by a field of it.
 */
export type Extent = number | CountedBy | CountField;

/** A field of the same struct that holds the number of elements. It is neither asked for nor reported. */
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
  /** Where the function reports how many elements it wrote, if not in `parameter`: a parameter, or the `return` value. */
  readonly written?: string;
  /**
   * For structs in memory of a number of bytes, which has what they point to behind them: how many there are, or the
   * parameter that the function writes it to.
   */
  readonly each?: string | number;
  /** The elements of an output's memory at the first call. */
  readonly start?: number;
  /** The most elements that the memory of an output grows to. */
  readonly limit?: number;
}

/** A pointer to memory of the library: one value, a number of elements, or a linked list. */
export interface PointerType {
  readonly pointer: TypeExpression;
  /** The number of elements; without it there is one, or a linked list. */
  readonly count?: PointerCount;
  /** The most elements of a linked list. */
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
   * False if the field is an integer that is not the size of the struct or of anything in it, whatever its name
   * suggests.
   */
  readonly isSize?: false;
  /** True for a pointer that can be NULL where a caller gives the struct. */
  readonly optional?: true;
  /** In a union with `switch`: the values of that field for which it is used. */
  readonly case?: readonly number[];
  /** In a union with `switch`: used for all other values. */
  readonly default?: true;
  /** The number of bits of a bit field, of the type's integer; 0 closes the unit before it. */
  readonly bits?: number;
  /** True for bits without a name in C: always 0, neither requested from a caller nor reported. */
  readonly padding?: true;
  /** True for the pointer to the next element of a linked list: the list is an array of its elements. */
  readonly next?: true;
}
