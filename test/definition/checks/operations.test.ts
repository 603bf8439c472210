/** Mistakes of meaning in operations, in cmdlets over them, and in errors that look again. */
import { describe, it } from 'vitest';
import type { Edits } from '../../support/definitions.js';
import { expectMistakes, type Row } from './rows.js';

/** The sample with an operation, a cmdlet over it, an error that looks again, and sockets. */
const BASE: Edits = {
  '/operations': {
    List: {
      description: 'Lists.',
      provider: 'diagnosis',
      operation: 'diagnose',
      parameters: [{ name: 'Size', type: 'Amount', many: true, pipeline: 'value' }],
    },
  },
  '/objects/Row': {
    typeName: 'Sample.Row',
    description: 'A row.',
    properties: [{ name: 'Size', from: 'Size', type: 'USHORT', description: 'Its size.' }],
  },
  '/cmdlets/3': {
    name: 'Get-List',
    operation: 'List',
    synopsis: 'Lists.',
    description: 'Lists.',
    output: { kind: 'list', object: 'Row', expand: { from: 'Size', to: 'LastSize' } },
    examples: [{ code: 'Get-List', description: 'Lists.' }],
  },
  '/errors/1/examine': {
    function: 'Read{Kind}',
    onSuccess: { message: '{KIND} {First}-{Last}.', recommendedAction: 'Use {Length}.' },
    onFailure: { message: 'None.', recommendedAction: 'Go.' },
  },
};
const CMDLET = '/cmdlets/3';
const LIST = '/operations/List';
const EXAMINE = '/errors/1/examine';
const path = { kind: 'file' };

const check = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_name, edits, wanted) => expectMistakes({ ...BASE, ...edits }, wanted));

check([['what all the others start from has none', {}, []]]);

describe('operations', () => {
  check([
    [
      'a name that is also a function',
      {
        [LIST]: undefined,
        '/operations/Ping': (BASE['/operations'] as { List: unknown }).List,
        [`${CMDLET}/operation`]: 'Ping',
      },
      [['/operations/Ping', /'Ping' is also the name of a function/]],
    ],
    [
      'a type that is not known',
      { [`${LIST}/parameters/0/type`]: 'Nothing' },
      [[`${LIST}/parameters/0/type`, /unknown type 'Nothing'/]],
    ],
    [
      'a limit that the type does not hold',
      { [`${LIST}/parameters/0/maximum`]: 70_000 },
      [[`${LIST}/parameters/0/maximum`, /70000 does not fit/]],
    ],
    [
      'a parameter twice',
      { [`${LIST}/parameters/-`]: { name: 'size', type: 'INT' } },
      [[`${LIST}/parameters/1/name`, /'size' appears twice/]],
    ],
    [
      'a parameter that PowerShell has',
      { [`${LIST}/parameters/-`]: { name: 'Verbose', type: 'INT' } },
      [[`${LIST}/parameters/1/name`, /common parameter/]],
    ],
    [
      'a parameter that is a variable of PowerShell',
      { [`${LIST}/parameters/-`]: { name: 'Input', type: 'INT' } },
      [[`${LIST}/parameters/1/name`, /reserved variable/]],
    ],
    [
      'ranges of a single value',
      {
        [`${LIST}/parameters/-`]: { name: 'Ports', type: 'INT', optional: true, ranges: { from: 'First', to: 'Last' } },
      },
      [[`${LIST}/parameters/1/ranges`, /must be an integer with 'many'/]],
    ],
    [
      'ranges of texts',
      {
        [`${LIST}/parameters/-`]: {
          name: 'Names',
          type: 'LPCWSTR',
          many: true,
          optional: true,
          ranges: { from: 'First', to: 'Last' },
        },
      },
      [[`${LIST}/parameters/1/ranges`, /must be an integer with 'many'/]],
    ],
    [
      'a pipeline into a single value',
      { [`${LIST}/parameters/0/many`]: false },
      [[`${LIST}/parameters/0/pipeline`, /'many'/]],
    ],
    [
      'a pipeline into two parameters',
      { [`${LIST}/parameters/-`]: { name: 'Other', type: 'INT', many: true, pipeline: 'value' } },
      [[`${LIST}/parameters/1/pipeline`, /only one parameter/]],
    ],
    [
      'a change that takes many values, and values of the pipeline, and does not ask',
      { [`${LIST}/changesState`]: true },
      [
        [CMDLET, /needs shouldProcess/],
        [`${LIST}/parameters/0/many`, /one value for each parameter/],
        [`${LIST}/parameters/0/pipeline`, /must use 'propertyName'/],
      ],
    ],
  ]);
});

describe('cmdlets over operations', () => {
  check([
    [
      'an operation that is not there',
      { [`${CMDLET}/operation`]: 'Lost' },
      [[`${CMDLET}/operation`, /there is no operation 'Lost'/]],
    ],
    [
      'an operation with a name that objects have',
      { [`${CMDLET}/operation`]: 'constructor' },
      [[`${CMDLET}/operation`, /there is no operation 'constructor'/]],
    ],
    [
      'an object that is not there',
      { [`${CMDLET}/output/object`]: 'Lost' },
      [[`${CMDLET}/output/object`, /there is no object 'Lost'/]],
    ],
    [
      'an output for functions',
      { [`${CMDLET}/output`]: { kind: 'boolean', falseOn: ['Odd'] } },
      [[`${CMDLET}/output/kind`, /returns a none or a list or a file, not 'boolean'/]],
    ],
    [
      'a property without a type',
      { '/objects/Row/properties/0/type': undefined },
      [[`${CMDLET}/output/object`, /'Size' needs a type/]],
    ],
    [
      'a property of an unknown type',
      { '/objects/Row/properties/0/type': 'Nothing' },
      [['/objects/Row/properties/0/type', /unknown type 'Nothing'/]],
    ],
    [
      'an expansion of a field that no property shows',
      { [`${CMDLET}/output/expand/from`]: 'Lost' },
      [[`${CMDLET}/output/expand/from`, /no property of 'Row' comes from 'Lost'/]],
    ],
    [
      'a file beside a parameter Path',
      { [`${CMDLET}/output`]: path, [`${LIST}/parameters/-`]: { name: 'Path', type: 'LPCWSTR' } },
      [[`${CMDLET}/output/kind`, /has a parameter Path/]],
    ],
    [
      'a file, with its path in the question',
      {
        [`${CMDLET}/output`]: path,
        [`${CMDLET}/shouldProcess`]: { impact: 'Low', action: 'Write', target: '{Path}', query: '{Path} of {Size}?' },
      },
      [],
    ],
    [
      'a question about what is not there',
      { [`${CMDLET}/shouldProcess`]: { impact: 'Low', action: 'List', target: '{Path}', query: 'Q?' } },
      [[`${CMDLET}/shouldProcess/target`, /\{Path\} is not a parameter/]],
    ],
    [
      'a switch for what exists',
      { [`${CMDLET}/existing`]: { switch: 'PassThru', errorId: 'SevenFailed', description: 'D.' } },
      [[`${CMDLET}/existing`, /returns no object/]],
    ],
    [
      'a list from a function',
      { '/cmdlets/0/output': { kind: 'list', object: 'Row' } },
      [['/cmdlets/0/output/kind', /can return 'list'/]],
    ],
    ['a file from a function', { '/cmdlets/0/output': path }, [['/cmdlets/0/output/kind', /can return 'file'/]]],
    [
      'a socket by a token that the function does not give',
      { '/extension': 'port-reservation', '/cmdlets/0/output': { kind: 'socket', transport: 'Udp', token: 'Length' } },
      [['/cmdlets/0/output/token', /has no output 'Length'/]],
    ],
  ]);
});

describe('an error that looks again', () => {
  check([
    [
      'by a function that is not there',
      { [`${EXAMINE}/function`]: 'Lost' },
      [[`${EXAMINE}/function`, /there is no function 'Lost'/]],
    ],
    [
      'by a function that changes the system',
      { [`${EXAMINE}/function`]: 'Write{Kind}' },
      [
        [`${EXAMINE}/function`, /changes the system/],
        [`${EXAMINE}/function`, /not have the same/],
      ],
    ],
    [
      'by a function of other parameters',
      { [`${EXAMINE}/function`]: 'Ping' },
      [[`${EXAMINE}/function`, /'Ping' does not have the same in parameters as 'Read\{Kind\}'/]],
    ],
    [
      'in words of what is not there',
      { [`${EXAMINE}/onSuccess/message`]: '{Lost}' },
      [[`${EXAMINE}/onSuccess/message`, /\{Lost\} has no value for the function Read\{Kind\}/]],
    ],
    [
      'in advice of what is not there',
      { [`${EXAMINE}/onFailure/recommendedAction`]: '{Value}' },
      [[`${EXAMINE}/onFailure/recommendedAction`, /\{Value\} has no value/]],
    ],
    [
      'for every function, of which some have other parameters',
      {
        '/errors/0/examine': {
          ...(BASE[EXAMINE] as object),
          function: 'Ping',
          onSuccess: { message: 'M.', recommendedAction: 'R.' },
        },
      },
      [
        ['/errors/0/examine/function', /'Ping' does not have the same in parameters as 'Read\{Kind\}'/],
        ['/errors/0/examine/function', /as 'Write\{Kind\}'/],
      ],
    ],
    [
      'for a switch that no error supports',
      { '/cmdlets/0/existing': { switch: 'PassThru', errorId: 'TwoFailed', description: 'D.' } },
      [['/cmdlets/0/existing/errorId', /no error with 'examine' has the id 'TwoFailed'/]],
    ],
  ]);
});
