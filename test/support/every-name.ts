/**
 * Names that have a meaning in JavaScript, PowerShell or Windows, and a definition that can have them in every place.
 */
import type { DefinitionSource } from '../../src/definition/types.js';
import { editedSample } from './definitions.js';

const words = (text: string) => text.split(' ');

/** Reserved names, by origin. They are listed here, independently of the program, which must know them all. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  'members of JavaScript objects, arrays and functions': words(
    'constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable prototype length name apply ' +
      'arguments __proto__ __defineGetter__ toJSON then',
  ),
  'automatic variables': words(
    'args ConsoleFileName EnabledExperimentalFeatures Error Event EventArgs EventSubscriber ExecutionContext false foreach HOME Host input ' +
      'IsCoreCLR IsLinux IsMacOS IsWindows LASTEXITCODE Matches MyInvocation NestedPromptLevel null OFS PID PROFILE PSBoundParameters ' +
      'PSCmdlet PSCommandPath PSCulture PSDebugContext PSEdition PSHOME PSItem PSScriptRoot PSSenderInfo PSUICulture PSVersionTable PWD ' +
      'Sender ShellId StackTrace switch this true _ PSLogUserData',
  ),
  'preference variables': words(
    'ConfirmPreference DebugPreference ErrorActionPreference ErrorView FormatEnumerationLimit InformationPreference MaximumAliasCount ' +
      'MaximumDriveCount MaximumErrorCount MaximumFunctionCount MaximumHistoryCount MaximumVariableCount OutputEncoding ProgressPreference ' +
      'PSDefaultParameterValues PSEmailServer PSModuleAutoLoadingPreference PSNativeCommandArgumentPassing ' +
      'PSNativeCommandUseErrorActionPreference PSSessionApplicationName PSSessionConfigurationName PSSessionOption PSStyle Transcript ' +
      'VerbosePreference WarningPreference WhatIfPreference LogEngineHealthEvent',
  ),
  keywords: words(
    'begin break catch class clean continue configuration data define do dynamicparam else elseif end enum exit filter finally for from ' +
      'function hidden if in InlineScript parallel param process return sequence static throw trap try until using var while workflow',
  ),
  'common parameters and their aliases': words(
    'Verbose Debug ErrorAction WarningAction InformationAction ProgressAction ErrorVariable WarningVariable InformationVariable OutVariable ' +
      'OutBuffer PipelineVariable WhatIf Confirm Force Vb Db EA WA INFA PROGA EV WV IV OV OB PV WI CF UseTransaction UseTx',
  ),
  'devices of Windows': words(
    'con NUL aux PRN COM0 COM1 COM9 com5 LPT0 LPT1 LPT9 COM\u00B9 COM\u00B2 lpt\u00B3 CONIN$ CONOUT$ clock$',
  ),
  'variables of the emitted code': words(
    'answer current reason found state States Operation Desired module request values Cmdlet Ensure Reasons',
  ),
  'types of PowerShell': words(
    'string int bool void hashtable object array uint64 ushort Nullable DscProperty DscResource ValidateSet Exception',
  ),
};

/** The places that take a name. In `place`, the name is in a definition without other mistakes. */
export const PLACES: Readonly<Record<string, (name: string) => DefinitionSource>> = {
  'the definition': (name) => named('DefName', name),
  'a function': (name) => named('FnName', name),
  'an in parameter': (name) => named('InName', name),
  'an out parameter': (name) => named('OutName', name),
  'a constant parameter': (name) => named('FixedName', name),
  'a field of a struct': (name) => named('FieldName', name),
  'a member of an enum': (name) => named('MemberName', name),
  'a type': (name) => named('TypeName', name),
  'a computed value': (name) => named('SumName', name),
  'a result': (name) => named('ResultName', name),
  'an object': (name) => named('ObjectName', name),
  'a property': (name) => named('PropertyName', name),
  'the noun of a cmdlet': (name) => named('NounName', name),
  'an operation': (name) => named('OperationName', name),
  'a parameter of an operation': (name) => named('AskName', name),
  'a field of a row': (name) => named('RowName', name),
  'a switch': (name) => named('SwitchName', name),
  'an error': (name) => named('ErrorName', name),
  'a variant': (name) => named('VariantName', name),
  'a word of a variant': (name) => named('WordName', name),
  'a resource': (name) => named('ResourceName', name),
  'the type of a resource': (name) => named('TypeOfResource', name),
  'the type of a list': (name) => named('TypeOfList', name),
  'the property of a list': (name) => named('listName', name),
  'the module of a class': (name) => named('ClassModule', name),
  'the library': (name) => named('LibraryName', name),
};

function named(place: string, name: string): DefinitionSource {
  // Changes the text, because keys such as __proto__ can only be expressed in JSON.
  const text = JSON.stringify(DEFINITION);
  if (!text.includes(place)) throw new Error(`there is no ${place} in the definition`);
  return JSON.parse(text.replaceAll(new RegExp(`\\b${place}\\b`, 'g'), () => name)) as DefinitionSource;
}

const texts = { category: 'InvalidData', message: 'It happened.', recommendedAction: 'Stop.' };
const helped = { synopsis: 'S.', description: 'D.', examples: [{ code: 'x', description: 'X.' }] };
const fn = { description: 'F.', callingConvention: 'cdecl', returns: { type: 'ULONG', failure: 'win32' } };
const inputs = [
  { name: 'InName', type: 'BYTE', direction: 'in' },
  { name: 'Other', type: 'BYTE', direction: 'in' },
];
const about = (change: string) => ({ impact: 'Low', action: change, target: '{InName} of {SumName}', query: 'Do it?' });

const DEFINITION = {
  ...editedSample(),
  name: 'DefName',
  library: { fileName: 'LibraryName.dll', location: 'system' },
  variants: { VariantName: ['WordName', 'Tcp'] },
  types: {
    TypeName: {
      type: {
        struct: [
          { name: 'FieldName', type: 'BYTE' },
          { name: 'FieldOther', type: { enum: { MemberName: 1, MemberOther: 2 }, base: 'ULONG' } },
        ],
      },
    },
  },
  computed: {
    SumName: {
      description: 'S.',
      type: 'USHORT',
      sum: ['InName', 'Other'],
      maximum: 400,
      violation: { id: 'TooMuch', ...texts },
    },
  },
  functions: {
    'Read{VariantName}': {
      ...fn,
      parameters: [
        ...inputs,
        { name: 'OutName', type: 'ULONG64', direction: 'out' },
        { name: 'FixedName', type: 'ULONG', direction: 'in', constant: 3 },
      ],
      changesState: false,
    },
    'Write{VariantName}': { ...fn, parameters: inputs, changesState: true },
    FnName: {
      ...fn,
      parameters: [{ name: 'Given', type: 'TypeName', direction: 'inout' }],
      returns: { type: 'LONG', failure: 'none', resultName: 'ResultName' },
      changesState: false,
    },
  },
  operations: {
    OperationName: {
      description: 'O.',
      provider: 'diagnosis',
      operation: 'diagnose',
      parameters: [{ name: 'AskName', type: 'BYTE', many: true, optional: true, pipeline: 'value' }],
    },
  },
  errors: [
    {
      code: 2,
      symbol: 'ERROR_TWO',
      id: 'ErrorName',
      ...texts,
      functions: ['Read{VariantName}', 'Write{VariantName}'],
      examine: {
        function: 'Read{VariantName}',
        onSuccess: { message: '{InName} is there.', recommendedAction: 'Look.' },
        onFailure: { message: '{SumName} is not.', recommendedAction: 'Look.' },
      },
    },
  ],
  objects: {
    ObjectName: {
      typeName: 'Sample.Item',
      description: 'O.',
      properties: [
        { name: 'PropertyName', from: 'InName', description: 'P.' },
        { name: 'Second', from: 'OutName', description: 'P.' },
      ],
    },
    Whole: {
      typeName: 'Sample.Whole',
      description: 'W.',
      properties: [
        { name: 'First', from: 'ResultName', description: 'P.' },
        { name: 'Struct', from: 'Given', description: 'P.' },
      ],
    },
    Row: {
      typeName: 'Sample.Row',
      description: 'R.',
      properties: [{ name: 'RowField', from: 'RowName', type: 'USHORT', description: 'P.' }],
    },
  },
  cmdlets: [
    {
      ...helped,
      name: 'Get-{VariantName}NounName',
      function: 'Read{VariantName}',
      output: { kind: 'object', object: 'ObjectName' },
      existing: { switch: 'SwitchName', errorId: 'ErrorName', description: 'E.' },
    },
    {
      ...helped,
      name: 'Set-{VariantName}NounName',
      function: 'Write{VariantName}',
      output: { kind: 'none' },
      shouldProcess: about('Write'),
    },
    { ...helped, name: 'Get-NounName', function: 'FnName', output: { kind: 'object', object: 'Whole' } },
    {
      ...helped,
      name: 'Find-NounName',
      operation: 'OperationName',
      output: { kind: 'list', object: 'Row' },
      completion: { operation: 'OperationName', parameters: ['AskName'] },
    },
  ],
  dsc: {
    ResourceName: {
      type: 'sample/TypeOfResource',
      version: '1.0.0',
      description: 'An item.',
      tags: [],
      item: 'item {InName} to {SumName}',
      functions: { lookup: 'Read{VariantName}', create: 'Write{VariantName}', delete: 'Write{VariantName}' },
      absentOn: ['ErrorName'],
      exitCodes: [{ code: 20, errors: ['ErrorName'], description: 'E.' }],
      candidates: { operation: 'OperationName', calls: [{}, { AskName: 3 }] },
      list: {
        type: 'sample/TypeOfList',
        description: 'Items.',
        property: 'listName',
        scope: { from: 'InName', to: 'SumName', description: 'Where.' },
      },
      class: { module: 'ClassModule', guid: '0f4c7d0e-6b0e-4b44-9b7a-0c0f3c5f9a12', description: 'C.' },
    },
  },
};
