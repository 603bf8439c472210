/** What `validate --strict` lists, and how an author says that it was looked at. */
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../src/definition/load.js';
import { validateDefinitionText } from '../../src/definition/validate.js';

const document = (more: object) => ({
  name: 'Sample',
  library: 'kernel32.dll',
  functions: ['BOOL Sample(void);'],
  cmdlets: { 'Start-Sample': 'Sample' },
  ...more,
});

/** The findings of a definition without mistakes, each on a line of its own. */
function review(more: object) {
  const result = validateDefinitionText(JSON.stringify(document(more), null, 1));
  expect(result.mistakes).toEqual([]);
  return result.review();
}

const LONG = {
  Sample: {
    callingConvention: 'stdcall',
    parameters: [],
    returns: { type: 'BOOL', failure: 'lastErrorIfZero', reviewed: false },
  },
};

describe('a failure rule that nobody reviewed', () => {
  it('is listed at its place in the long form, with what it is and what to do', () => {
    expect(review({ functions: LONG })).toEqual([
      {
        pointer: '/functions/Sample/returns/reviewed',
        line: 11,
        message: expect.stringMatching(
          /'Sample' reports failure is guessed from its type, "BOOL": failure is "zero" with the code "lastError"\. Compare .* [Rr]emove "reviewed": false/,
        ),
      },
    ]);
  });

  it('is listed at its prototype in the short form', () => {
    expect(review({ functions: ['[unreviewed] BOOL Sample(void);'] })).toMatchObject([
      { pointer: '/functions/0', line: 5 },
    ]);
    expect(review({ functions: ['[fails(never), unreviewed] DWORD Sample(void);'] })).toMatchObject([
      { message: expect.stringContaining('no value means failure') },
    ]);
  });

  it('is not listed any more without the mark', () => {
    const { Sample } = LONG;
    const reviewed = { ...Sample, returns: { type: 'BOOL', failure: 'lastErrorIfZero' } };
    expect(review({ functions: { Sample: reviewed } })).toEqual([]);
    expect(review({ functions: ['BOOL Sample(void);'] })).toEqual([]);
  });

  it('is in the help of the cmdlet, once and after what the author says', () => {
    const functions = ['[unreviewed] BOOL Sample(void);'];
    const cmdlets = { 'Start-Sample': { function: 'Sample', notes: 'Slow.' } };
    const { value } = validateDefinitionText(JSON.stringify(document({ functions, cmdlets })));
    const notes = value?.cmdlets[0]?.notes ?? '';
    expect(notes).toMatch(/^Slow\.\n\nHow Sample reports failure was guessed from the type of its return value/);
    const again = validateDefinitionText(
      JSON.stringify(document({ functions, cmdlets: [{ name: 'Start-Sample', function: 'Sample', notes }] })),
    );
    expect(again.value?.cmdlets[0]?.notes).toBe(notes);
  });
});

it('a parameter of which something is a guess is listed', () => {
  const prototype = (marks: string) => `BOOL Sample(LPCWSTR text, [in, value${marks}] DWORD nLength);`;
  expect(review({ functions: [prototype(', unreviewed')] })).toMatchObject([
    {
      pointer: '/functions/0',
      message: expect.stringMatching(/'nLength' of 'Sample' is a guess: .* any memory\. Compare/),
    },
  ]);
  expect(review({ functions: [prototype('')] })).toEqual([]);
  const parameters = [{ name: 'port', type: 'USHORT', direction: 'in', reviewed: false }];
  const { Sample } = LONG;
  const returns = { type: 'BOOL', failure: 'lastErrorIfZero' };
  expect(review({ functions: { Sample: { ...Sample, parameters, returns } } })).toMatchObject([
    {
      pointer: '/functions/Sample/parameters/0/reviewed',
      message: expect.stringContaining("'port' of 'Sample' is a guess. "),
    },
  ]);
});

it('a number of which nobody says whether it can be a failure is listed', () => {
  expect(review({ functions: ['DWORD Sample(void);'] })).toMatchObject([
    { pointer: '/functions/0', message: expect.stringContaining('[fails(never)]') },
  ]);
  expect(review({ functions: ['[fails(never)] DWORD Sample(void);'] })).toEqual([]);
});

describe('a function of which it is in doubt whether it changes something', () => {
  const declared = ['BOOL SetSample(void);'];
  it('is listed if its name says so, and its cmdlet only reads', () => {
    expect(review({ functions: declared, cmdlets: { 'Get-Sample': 'SetSample' } })).toMatchObject([
      { pointer: '/functions/0', message: expect.stringContaining('"changesState": true or false') },
    ]);
  });

  it('is not listed if its author says so, or its cmdlet', () => {
    const functions = [{ prototype: declared[0], changesState: false }];
    expect(review({ functions, cmdlets: { 'Get-Sample': 'SetSample' } })).toEqual([]);
    expect(review({ functions: declared, cmdlets: { 'Set-Sample': 'SetSample' } })).toEqual([]);
    expect(review({ functions: ['BOOL SettleSample(void);'], cmdlets: { 'Get-Sample': 'SettleSample' } })).toEqual([]);
  });

  it('is listed if it changes something under a verb that reads', () => {
    const functions = [{ prototype: 'BOOL GetSample(void);', changesState: true }];
    expect(review({ functions, cmdlets: { 'Get-Sample': 'GetSample' } })).toMatchObject([
      { pointer: '/functions/0/changesState', message: expect.stringContaining("'GetSample' changes the system") },
    ]);
  });
});

it('a cmdlet over a function that acts on the bridge is listed until its notes say more', () => {
  const functions = ['BOOL SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue);'];
  const over = (more: object) => ({ 'Set-Variable1': { function: 'SetEnvironmentVariableW', ...more } });
  expect(review({ functions, cmdlets: over({}) })).toMatchObject([
    { pointer: '/cmdlets/Set-Variable1', message: expect.stringContaining('affects the process of the bridge') },
  ]);
  expect(review({ functions, cmdlets: over({ notes: 'For the native part of this module.' }) })).toEqual([]);
});

it('a definition with mistakes has those first', () => {
  const result = validateDefinitionText(JSON.stringify({ ...document({ functions: LONG }), version: 1 }));
  expect(result.mistakes).not.toEqual([]);
  expect(result.review()).toEqual([]);
});

it('the module of this repository has nothing to look at', async () => {
  const { text } = await readDefinition('PersistentPortReservation');
  expect(validateDefinitionText(text).review()).toEqual([]);
});
