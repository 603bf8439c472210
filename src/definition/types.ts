/**
 * The definition: a native library, its functions and the cmdlets over them, as data.
 *
 * `definition.schema.json` describes every field of the JSON form; these types match it. Everything that is known about
 * a function (binding, validation, cmdlet, help, error mapping, simulation) comes from here.
 */

/** The byte order of an integer on the native side; JSON and PowerShell always use host order. */
export type ByteOrder = 'host' | 'network';

/** `in`: the caller provides it; `out`: the function writes it through a pointer; `inout`: both. */
export type Direction = 'in' | 'out' | 'inout';

/**
 * How a function reports failure. Source of each: the "Return value" section of the Win32 documentation's function pages.
 *
 * - `none`: it cannot fail.
 * - `win32`: the return value is a Win32 error code, 0 is success.
 * - `lastErrorIfZero`: 0, FALSE or NULL means failure; the code is in `GetLastError` (errno where there is no Windows), which is
 *   cleared before the call. A zero without a code is a value, unless it is a FALSE that the result does not name.
 * - `lastErrorIfInvalidHandle`: INVALID_HANDLE_VALUE (-1) means failure; the code is in `GetLastError`.
 * - `hresult`: a negative HRESULT means failure.
 * - `ntstatus`: a negative NTSTATUS means failure.
 */
export type FailureStrategy =
  | 'none'
  | 'win32'
  | 'lastErrorIfZero'
  | 'lastErrorIfInvalidHandle'
  | 'hresult'
  | 'ntstatus';

/**
 * A return value that means failure. `zero`: 0, FALSE or NULL; `minusOne`: all bits are set; `negative`: the highest bit
 * is set; `notIn`: every other value than these; `mask`: at least one of these bits is set.
 */
export type FailureCondition =
  | 'zero'
  | 'nonzero'
  | 'minusOne'
  | 'negative'
  | { readonly notIn: readonly number[] }
  | { readonly mask: number };

/**
 * The place of a failure's code. `returned`: the return value, a number with a meaning that the library gives it; `win32`,
 * `hresult` and `ntstatus`: the return value, a code of Windows; `lastError`: GetLastError, or errno where there is no
 * Windows; `errno`: errno of the C runtime; `none`: there is no code.
 */
export type CodeSource = 'returned' | 'win32' | 'hresult' | 'ntstatus' | 'lastError' | 'errno' | 'none';

/** How a function reports failure, spelled out. A last error and errno are 0 before the call. */
export interface FailureRule {
  readonly when: FailureCondition;
  readonly code: CodeSource;
  /** Codes with which the call succeeded all the same. */
  readonly success?: readonly number[];
  /** Codes that say that there is nothing, or nothing more: the call succeeded, and its result is null. */
  readonly absent?: readonly number[];
}

export type CallingConvention = 'stdcall' | 'cdecl';

/** The type expressions that are not names, each by the key that tells it apart. A kind can add its own to this interface. */
export interface TypeExpressions {
  readonly struct: { readonly struct: readonly FieldDefinition[] };
  readonly array: { readonly array: TypeExpression; readonly length: Extent };
  readonly string: { readonly string: StringEncoding; readonly capacity?: Extent };
  readonly bytes: { readonly bytes: Extent };
  readonly flags: { readonly flags: Readonly<Record<string, number>>; readonly base: string };
  readonly enum: { readonly enum: Readonly<Record<string, number>>; readonly base: string };
}

/** A type: the name of a built-in or of an entry of `types`, or one of the composites. */
export type TypeExpression = string | TypeExpressions[keyof TypeExpressions];

/** `ansi`: the code page of Windows that its functions with an A use; UTF-8 on other systems. */
export type StringEncoding = 'utf16' | 'utf8' | 'ansi';

/** The number of elements in the memory of a parameter: fixed, or held by another parameter of the function. */
export type Extent = number | CountedBy;

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
  /** The elements of an output's memory at the first call. */
  readonly start?: number;
  /** The most elements that the memory of an output grows to. */
  readonly limit?: number;
}

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
  /** A fixed value, such as the size of the struct: neither requested from a caller nor reported. */
  readonly constant?: number;
  /**
   * False if the field is an integer that is not the size of the struct or of anything in it, whatever its name
   * suggests.
   */
  readonly isSize?: false;
}

export interface ParameterDefinition extends ValueSpec {
  readonly name: string;
  readonly direction: Direction;
  /** A fixed value, passed to the native function and never requested from a caller. */
  readonly constant?: number | string;
  /** True for a count of another parameter's memory: dllet sets it, and it is neither an input nor an output. */
  readonly bound?: true;
  /** True for an input that is passed by a pointer to it, which the function only reads. */
  readonly pointer?: true;
  /** True for a pointer that a caller may leave out: the function then receives NULL. */
  readonly optional?: true;
  /** `always` for a reserved pointer: the function always receives NULL. */
  readonly null?: 'always';
  /** The codes of a failure that means that the memory of this output is too small: it grows, and the call is repeated. */
  readonly grow?: { readonly on: readonly number[] };
  /** False if an integer input is not the size of any memory passed to the function, as the author asserts. */
  readonly isSize?: false;
}

export interface ReturnDefinition {
  readonly type: TypeExpression;
  readonly failure: FailureStrategy | FailureRule;
  /** The name of a successful return value in the result; without it the value is not reported. */
  readonly resultName?: string;
}

/** The behavior of the simulated backend that implements the function. */
export interface SimulationDefinition {
  readonly model: string;
  readonly operation: string;
  readonly pool: string;
}

export interface FunctionDefinition {
  readonly description: string;
  readonly documentation?: string;
  /** The name of one of `libraries`; default: `library`. */
  readonly library?: string;
  readonly callingConvention: CallingConvention;
  readonly parameters: readonly ParameterDefinition[];
  readonly returns: ReturnDefinition;
  /** True if a call changes the system: such a call is never retried automatically. */
  readonly changesState: boolean;
  /** True if a call may take long: it runs on a separate thread, and the bridge answers other requests meanwhile. */
  readonly mayBlock?: boolean;
  readonly simulation?: SimulationDefinition;
}

/** A value computed from integer parameters: the sum of some of them plus a constant. */
export interface ComputedDefinition {
  readonly description: string;
  readonly type: string;
  readonly sum: readonly string[];
  readonly add?: number;
  readonly maximum: number;
  readonly violation: ErrorText;
}

/**
 * A stable id, PowerShell's error category, the message and the recommended action. Texts can contain `{Parameter}`
 * placeholders.
 */
export interface ErrorText {
  readonly id: string;
  readonly category: string;
  readonly message: string;
  readonly recommendedAction: string;
}

/** Distinguishes two causes of one code by calling another function with the same arguments. */
export interface ExamineDefinition {
  /** The function to call; it must not change state and must have the same `in` parameters. */
  readonly function: string;
  /** The cause if that call succeeds; its outputs are reported as `existing`. */
  readonly onSuccess: Pick<ErrorText, 'message' | 'recommendedAction'>;
  /** The cause if that call fails. */
  readonly onFailure: Pick<ErrorText, 'message' | 'recommendedAction'>;
}

export interface ErrorDefinition extends ErrorText {
  readonly code: number;
  /** Its name. The name of an errno, such as `ENOENT`, finds the error on every system, whatever its number there. */
  readonly symbol: string;
  readonly examine?: ExamineDefinition;
  /** The functions in which the code has this meaning; default: all. */
  readonly functions?: readonly string[];
}

/** A parameter of an operation. */
export interface OperationParameter extends ValueSpec {
  readonly name: string;
  /** True for an array of such values. */
  readonly many?: boolean;
  readonly optional?: boolean;
  /** How the cmdlet binds it from the pipeline; without it, not at all. */
  readonly pipeline?: 'value' | 'propertyName';
  /** The default value of an optional parameter. */
  readonly default?: ArgumentValue;
}

/** The value of an operation's parameter as the definition writes it: enumerations by name, an array for `many`. */
export type ArgumentValue = string | number | boolean | readonly (string | number | boolean)[];

/** Fixed values for parameters of an operation, by name. */
export type FixedArguments = Readonly<Record<string, ArgumentValue>>;

/**
 * A service of the program itself, for what no function of the library provides: named like a function, but with a
 * provider in place of an export.
 */
export interface OperationDefinition {
  readonly description: string;
  /** The provider, such as `diagnosis`, and its operation. */
  readonly provider: string;
  readonly operation: string;
  readonly parameters: readonly OperationParameter[];
}

/** The source of an output object's property: a parameter, a computed value, or a term of the variant. */
export interface PropertyDefinition {
  readonly name: string;
  /** For a row of an operation: the row's field. */
  readonly from: string;
  /** Only for a row of an operation: the type of the field. */
  readonly type?: TypeExpression;
  /** Only for a row of an operation: the field can be null. */
  readonly optional?: boolean;
  /** False for a value that is too long for a table, such as a sentence. */
  readonly inTable?: boolean;
  readonly description: string;
}

export interface ObjectDefinition {
  readonly typeName: string;
  readonly description: string;
  readonly properties: readonly PropertyDefinition[];
}

/** The output kinds of a cmdlet. An extension adds its own to this interface. */
export interface CmdletOutputs {
  readonly object: { readonly kind: 'object'; readonly object: string };
  readonly boolean: { readonly kind: 'boolean'; readonly falseOn: readonly string[] };
  /** One output of the function by itself: a number, a text, a struct; of an array, each element. */
  readonly value: {
    readonly kind: 'value';
    /** The name of the output. */
    readonly from: string;
    /** Other names for fields of the struct, or of the structs of an array. */
    readonly rename?: Readonly<Record<string, string>>;
  };
  readonly none: { readonly kind: 'none' };
  /** One object for each row of the operation; with `expand`, one for each number from one field to another. */
  readonly list: {
    readonly kind: 'list';
    readonly object: string;
    readonly expand?: { readonly from: string; readonly to: string };
  };
  /** The text returned by the operation, written to the file given by the cmdlet's Path parameter. */
  readonly file: { readonly kind: 'file' };
}

export type CmdletOutput = CmdletOutputs[keyof CmdletOutputs];

export interface ShouldProcessDefinition {
  readonly impact: 'Low' | 'Medium' | 'High';
  /** The action as `-WhatIf` shows it: "Create persistent UDP port reservation". */
  readonly action: string;
  /** The target: "UDP ports {StartPort}-{EndPort}". */
  readonly target: string;
  /** The question of `-Confirm`. */
  readonly query: string;
}

export interface ExampleDefinition {
  readonly code: string;
  readonly description: string;
}

/** A switch that makes the cmdlet return an existing instance instead of the error that it exists. */
export interface ExistingDefinition {
  readonly switch: string;
  readonly errorId: string;
  readonly description: string;
}

/**
 * Tab completion: for a parameter, the fields of its name in the rows of an operation that match the other parameters.
 */
export interface CompletionDefinition {
  readonly operation: string;
  readonly arguments?: FixedArguments;
  readonly parameters: readonly string[];
}

/**
 * An operation called before the cmdlet acts, with the cmdlet's parameters of the same names: the field `Message` of
 * each row becomes a warning. It never prevents the cmdlet from acting.
 */
export interface WarningsDefinition {
  readonly operation: string;
  readonly arguments?: FixedArguments;
}

export interface CmdletDefinition {
  readonly name: string;
  /** True if the cmdlet deliberately replaces a command of PowerShell or Windows. */
  readonly shadows?: boolean;
  /** The function or the operation that it calls: exactly one of the two. */
  readonly function?: string;
  readonly operation?: string;
  /** Operation parameters that this cmdlet sets itself and therefore does not have. */
  readonly arguments?: FixedArguments;
  readonly completion?: CompletionDefinition;
  readonly warnings?: WarningsDefinition;
  readonly existing?: ExistingDefinition;
  readonly synopsis: string;
  readonly description: string;
  readonly output: CmdletOutput;
  readonly shouldProcess?: ShouldProcessDefinition;
  readonly notes?: string;
  readonly examples: readonly ExampleDefinition[];
  readonly links?: readonly string[];
}

/** The systems that a library can have a file for. */
export type LibraryPlatform = 'win32' | 'linux' | 'darwin';

/** Its file has one name, `fileName`, if only Windows has it, or a name for each system, `files`. */
export interface LibraryDefinition {
  readonly fileName?: string;
  readonly files?: Readonly<Partial<Record<LibraryPlatform, string>>>;
  /**
   * `system`: the directories of the system's own libraries; `module`: the directory of the module, or of the definition
   * where there is no module.
   */
  readonly location: 'system' | 'module';
  readonly documentation?: string;
  readonly minimumSystem?: string;
}

export interface ModuleDefinition {
  readonly guid: string;
  readonly author: string;
  readonly companyName: string;
  readonly copyright: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly projectUri?: string;
  readonly licenseUri?: string;
  readonly releaseNotes?: string;
  /** The address of a cmdlet's reference page, with `{cmdlet}` for its name, for `Get-Help -Online`. */
  readonly onlineHelp?: string;
}

/**
 * The module's help topic, `about_<name>`; the generator adds the sections that follow from the rest of the definition.
 */
export interface AboutDefinition {
  /** One line of at most 76 characters. */
  readonly synopsis: string;
  readonly sections: readonly AboutSection[];
}

export interface AboutSection {
  readonly title: string;
  /** Paragraphs separated by blank lines; lines that start with spaces are code and stay as they are. */
  readonly text: string;
}

/**
 * The three functions of a resource, as written in `functions`; all have the same variant and the same in parameters.
 */
export interface ResourceFunctions {
  /**
   * Finds out whether an instance exists; changes nothing. Its outputs are the read-only properties of the resource.
   */
  readonly lookup: string;
  readonly create: string;
  readonly delete: string;
}

/** The exit code of a DSC resource for some error ids; DSC shows only the text of a mapped code. */
export interface ExitCodeDefinition {
  readonly code: number;
  readonly errors: readonly string[];
  readonly description: string;
}

/** Finds candidates for existing instances: rows of an operation. Only those that `lookup` confirms are instances. */
export interface CandidatesDefinition {
  readonly operation: string;
  /** One call of the operation for each of these parameter sets. */
  readonly calls: readonly Readonly<Record<string, unknown>>[];
}

/** A second resource for many instances at once. */
export interface ListDefinition {
  /** The resource's type name, such as `dllet/PersistentPortReservationList`. */
  readonly type: string;
  readonly description: string;
  /** The property that holds the instances. */
  readonly property: string;
  /**
   * The range in which `_purge` may remove instances: only those entirely between two limits. An in parameter, and an
   * in parameter or computed value.
   */
  readonly scope?: { readonly from: string; readonly to: string; readonly description: string };
}

/**
 * The PSDSC class of a resource. It has its own module, because a module with classes cannot be imported in constrained
 * language mode.
 */
export interface ClassDefinition {
  readonly module: string;
  readonly guid: string;
  readonly description: string;
}

/**
 * A DSC resource: instances that a `lookup` finds, a `create` makes and a `delete` removes. The keys are the variant of
 * these functions and their in parameters.
 */
export interface ResourceDefinition {
  /** `owner/Name`. */
  readonly type: string;
  /**
   * The version of the resource's contract, not of the module. The last number is even: the edition with what-if uses
   * the next odd one.
   */
  readonly version: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** One instance in words, without an article; placeholders as in error texts. */
  readonly item: string;
  readonly functions: ResourceFunctions;
  /** Error ids of `lookup` and `delete` that mean that the instance does not exist. */
  readonly absentOn: readonly string[];
  readonly exitCodes: readonly ExitCodeDefinition[];
  readonly candidates?: CandidatesDefinition;
  readonly list?: ListDefinition;
  readonly class?: ClassDefinition;
}

/**
 * A reply of a simulated function, with values in their JSON form. It has `outputs`, `error` or `absent`: what the call
 * returns, the error with which it fails (its code, symbol or id, or the name of an errno), or that there is nothing.
 */
export interface SimulatedReply {
  /** Values of inputs, by name: the reply is for calls that have them. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** How often a bridge uses it; default: always. */
  readonly times?: number;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly error?: number | string;
  readonly absent?: true;
}

/** Replies by function; the first that fits a call and is not used up answers it. */
export type SimulatedReplies = Readonly<Record<string, readonly SimulatedReply[]>>;

/** A definition as written: names and texts can contain variant placeholders such as `{Protocol}`. */
export interface DefinitionSource {
  readonly $schema?: string;
  readonly name: string;
  readonly version: string;
  /** The extension of dllet whose operations, outputs and simulation the definition uses. */
  readonly extension?: string;
  readonly module: ModuleDefinition;
  readonly about?: AboutDefinition;
  readonly library: LibraryDefinition;
  /** More libraries, by the name that functions use for them. */
  readonly libraries?: Readonly<Record<string, LibraryDefinition>>;
  readonly variants?: Readonly<Record<string, readonly string[]>>;
  readonly types?: Readonly<Record<string, ValueSpec>>;
  readonly computed?: Readonly<Record<string, ComputedDefinition>>;
  readonly functions: Readonly<Record<string, FunctionDefinition>>;
  readonly operations?: Readonly<Record<string, OperationDefinition>>;
  readonly errors: readonly ErrorDefinition[];
  readonly objects?: Readonly<Record<string, ObjectDefinition>>;
  readonly cmdlets: readonly CmdletDefinition[];
  /** DSC resources by name, which is also the name of the PSDSC class. */
  readonly dsc?: Readonly<Record<string, ResourceDefinition>>;
  readonly simulation?: SimulatedReplies;
}

/** The variant of an entry: `{ Protocol: 'Udp' }`; empty if it has none. */
export type Terms = Readonly<Record<string, string>>;

export interface ExpandedFunction extends FunctionDefinition {
  readonly name: string;
  readonly terms: Terms;
}

export interface ExpandedCmdlet extends CmdletDefinition {
  readonly terms: Terms;
}

/** A definition with its variants expanded, as used by all other code. */
export interface Definition {
  readonly name: string;
  readonly version: string;
  readonly extension?: string | undefined;
  readonly module: ModuleDefinition;
  readonly about?: AboutDefinition | undefined;
  readonly library: LibraryDefinition;
  readonly libraries?: Readonly<Record<string, LibraryDefinition>> | undefined;
  readonly types: Readonly<Record<string, ValueSpec>>;
  readonly computed: Readonly<Record<string, ComputedDefinition>>;
  readonly functions: Readonly<Record<string, ExpandedFunction>>;
  readonly operations: Readonly<Record<string, OperationDefinition>>;
  readonly errors: readonly ErrorDefinition[];
  readonly objects: Readonly<Record<string, ObjectDefinition>>;
  readonly cmdlets: readonly ExpandedCmdlet[];
  /** Their texts and function names keep the placeholders: one resource covers every word of the variant. */
  readonly dsc: Readonly<Record<string, ResourceDefinition>>;
  readonly simulation?: SimulatedReplies | undefined;
}
