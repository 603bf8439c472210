/** What the reader finds in metadata, in the form of `*.expected.json`, as .NET prints it (`test/import/winmd/reader`). */
import {
  type Attribute,
  fullName,
  type MetadataValue,
  type SignatureType,
  type WinmdParameter,
} from '../../src/winmd/types.js';
import type { Winmd } from '../../src/winmd/winmd.js';

/** The .NET names of flags (System.Reflection.TypeAttributes, MethodImportAttributes, ParameterAttributes). */
const PARAMETER_FLAGS: readonly (readonly [number, string])[] = [
  [1, 'In'],
  [2, 'Out'],
  [4, 'Lcid'],
  [8, 'Retval'],
  [16, 'Optional'],
  [0x1000, 'HasDefault'],
  [0x2000, 'HasFieldMarshal'],
];
const VISIBILITY =
  'Public NestedPublic NestedPrivate NestedFamily NestedAssembly NestedFamANDAssem NestedFamORAssem'.split(' ');
const TYPE_FLAGS: readonly (readonly [number, string])[] = [
  ...VISIBILITY.map((name, index) => [index + 1, name] as const),
  [8, 'SequentialLayout'],
  [0x10, 'ExplicitLayout'],
  [0x20, 'ClassSemanticsMask'],
  [0x80, 'Abstract'],
  [0x100, 'Sealed'],
  [0x400, 'SpecialName'],
  [0x800, 'RTSpecialName'],
  [0x1000, 'Import'],
  [0x2000, 'Serializable'],
  [0x4000, 'WindowsRuntime'],
  [0x10000, 'UnicodeClass'],
  [0x20000, 'AutoClass'],
  [0x40000, 'HasSecurity'],
  [0x100000, 'BeforeFieldInit'],
];
const IMPORT_FLAGS: readonly (readonly [number, string])[] = [
  [1, 'ExactSpelling'],
  [2, 'CharSetAnsi'],
  [4, 'CharSetUnicode'],
  [6, 'CharSetMask'],
  [0x10, 'BestFitMappingEnable'],
  [0x20, 'BestFitMappingDisable'],
  [0x40, 'SetLastError'],
  [0x100, 'CallingConventionWinApi'],
  [0x200, 'CallingConventionCDecl'],
  [0x300, 'CallingConventionStdCall'],
  [0x400, 'CallingConventionThisCall'],
  [0x500, 'CallingConventionFastCall'],
  [0x1000, 'ThrowOnUnmappableCharEnable'],
  [0x2000, 'ThrowOnUnmappableCharDisable'],
];

/** Returns the facts of a complete file. */
export function factsOf(winmd: Winmd) {
  const types = Array.from({ length: winmd.typeCount - 1 }, (_, index) => index + 2);
  return {
    functions: types.flatMap((type) => winmd.methodsOf(type).flatMap((row) => functionFacts(winmd, type, row))),
    types: types.map((row) => typeFacts(winmd, row)),
  };
}

function functionFacts(winmd: Winmd, type: number, row: number) {
  const { name, import: from, returns, parameters, attributes, returnAttributes } = winmd.method(row);
  if (!from) return [];
  return [
    {
      type: fullName(winmd.typeName(type)),
      name,
      library: from.library,
      entryPoint: from.entryPoint,
      import: flagText(from.flags, IMPORT_FLAGS),
      returns: typeText(returns),
      ...attributeFacts(attributes),
      ...(returnAttributes.length > 0 && { returnAttributes: attributeFacts(returnAttributes).attributes }),
      parameters: parameters.map(parameterFacts),
    },
  ];
}

function parameterFacts({ name, type, flags, attributes }: WinmdParameter) {
  return { name, type: typeText(type), flags: flagText(flags, PARAMETER_FLAGS), ...attributeFacts(attributes) };
}

function typeFacts(winmd: Winmd, row: number) {
  const { name, extends: base, flags, pack, size } = winmd.type(row);
  return {
    name: fullName(name),
    ...(base && { extends: fullName(base) }),
    flags: flagText(flags, TYPE_FLAGS, 'NotPublic'),
    pack,
    size,
    ...attributeFacts(winmd.typeAttributes(row)),
    fields: winmd.fieldsOf(row).map((fieldRow) => {
      const { name: field, type, offset = -1, constant, attributes } = winmd.field(fieldRow);
      return {
        name: field,
        type: typeText(type),
        offset,
        ...(constant !== undefined && { constant: valueText(constant) }),
        ...attributeFacts(attributes),
      };
    }),
  };
}

function attributeFacts(attributes: readonly Attribute[]): { attributes?: Record<string, Record<string, string>> } {
  if (attributes.length === 0) return {};
  return {
    attributes: Object.fromEntries(
      attributes.map(({ type, fixed, named }) => [
        type.name,
        Object.fromEntries(
          [...fixed.entries(), ...Object.entries(named)].map(([key, value]) => [String(key), valueText(value)]),
        ),
      ]),
    ),
  };
}

/** Formats floats and doubles as JavaScript does, and arrays in brackets. */
function valueText(value: MetadataValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  return String(value);
}

function flagText(value: number, names: readonly (readonly [number, string])[], none = 'None'): string {
  const found: string[] = [];
  let rest = value;
  for (const [flag, name] of names.toReversed()) {
    if (flag !== 0 && (rest & flag) === flag) {
      found.unshift(name);
      rest &= ~flag;
    }
  }
  return rest !== 0 ? String(value) : found.join(', ') || none;
}

function typeText(type: SignatureType): string {
  switch (type.kind) {
    case 'primitive':
      return type.name;
    case 'named':
      return fullName(type.type);
    case 'pointer':
      return `${typeText(type.element)}*`;
    case 'reference':
      return `${typeText(type.element)}&`;
    case 'vector':
      return `${typeText(type.element)}[]`;
    case 'array':
      return `${typeText(type.element)}[${type.sizes.join(',')};${type.lowerBounds.join(',')};${type.rank}]`;
    case 'instance':
      return `${typeText(type.generic)}<${type.arguments.map(typeText).join(', ')}>`;
    case 'parameter':
      return `${type.ofMethod ? '!!' : '!'}${type.index}`;
    case 'function':
      return `function(${type.signature.parameters.map(typeText).join(', ')}): ${typeText(type.signature.returns)}`;
  }
}
