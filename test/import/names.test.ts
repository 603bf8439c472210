import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { APPROVED_VERBS } from '../../src/definition/checks/approved-verbs.js';
import { nameProblems } from '../../src/definition/checks/parameter-names.js';
import { moduleWithCommand } from '../../src/definition/reserved-names.js';
import { cmdletName, cmdletNames } from '../../src/import/names/cmdlet-names.js';
import { KNOWN } from '../../src/import/names/known.js';
import { parameterNames } from '../../src/import/names/parameter-names.js';
import { withoutAnsiTwins } from '../../src/import/names/suffixes.js';
import { readDocuments } from '../support/win32json.js';

/** Lines of a function, its cmdlet and, where they matter, its parameters as C=PowerShell. Each was reviewed. */
const table = readFileSync(path.join(import.meta.dirname, 'names.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', cmdlet = '', ...parameters] = line.split(' ');
    return { name, cmdlet, parameters: parameters.map((one) => one.split('=') as [string, string]) };
  });

const namesOf = (...names: string[]) => parameterNames(names.map((Name) => ({ Name })));

describe('the reviewed table', () => {
  it('has 300 functions and more, each once', () => {
    expect(table.length).toBeGreaterThan(300);
    expect(new Set(table.map(({ name }) => name)).size).toBe(table.length);
  });

  it('has the name of every cmdlet', () => {
    const wrong = table.filter(({ name, cmdlet }) => cmdletName(name) !== cmdlet);
    expect(wrong.map(({ name, cmdlet }) => `${name}: ${cmdletName(name)}, not ${cmdlet}`)).toEqual([]);
  });

  it('has the names of parameters', () => {
    for (const { name, parameters } of table) {
      const names = namesOf(...parameters.map(([before]) => before));
      expect({ name, names }).toEqual({ name, names: parameters.map(([, after]) => after) });
    }
  });
});

describe('functions of one import', () => {
  it.each<[string, string[], string[]]>([
    ['A beside W', ['GetThingA', 'GetThingW'], ['Get-ThingAnsi', 'Get-Thing']],
    ['no letter beside W', ['SymSearch', 'SymSearchW'], ['Search-SymAnsi', 'Search-Sym']],
    ['Ex alone', ['RegOpenKeyExW'], ['Open-RegKey']],
    ['Ex beside the plain one', ['RegOpenKeyW', 'RegOpenKeyExW'], ['Open-RegKey', 'Open-RegKeyEx']],
    ['the same in another order', ['RegOpenKeyExW', 'RegOpenKeyW'], ['Open-RegKeyEx', 'Open-RegKey']],
    ['numbers', ['FwpmFilterEnum0', 'FwpmFilterEnum1'], ['Get-FwpmFilter0', 'Get-FwpmFilter1']],
    ['a number, and one with Ex', ['GetIfEntry2', 'GetIfEntry2Ex'], ['Get-IfEntry2', 'Get-IfEntry2Ex']],
    ['a listing beside the literal verb', ['EnumWindows', 'GetWindow'], ['Get-WindowList', 'Get-Window']],
    ['a listing beside a query', ['RegEnumValueW', 'RegQueryValueExW'], ['Get-RegValueList', 'Get-RegValue']],
    ['one beside several', ['AddMembers', 'AddMember'], ['Add-MemberList', 'Add-Win32Member']],
    ['verbs of equal right', ['DeleteMenu', 'DestroyMenu'], ['Remove-MenuDelete', 'Remove-MenuDestroy']],
    ['the literal verb beside one named by hand', ['CompareStringW', 'strcmp'], ['Compare-String', 'Invoke-Strcmp']],
    ['letters in another case', ['frobnicate', 'Frobnicate'], ['Invoke-Frobnicate', 'Invoke-Frobnicate2']],
  ])('keep different names: %s', (_name, functions, cmdlets) => {
    expect(cmdletNames(functions)).toEqual(cmdlets);
  });
});

describe('a cmdlet', () => {
  it.each([
    ['CreateService', 'New-Win32Service'],
    ['PathCombineW', 'Join-Win32Path'],
    ['frobnicateExpression', 'Invoke-FrobnicateExpression'],
    ['expression', 'Invoke-Win32Expression'],
    ['3d_thing', 'Invoke-Function3DThing'],
  ])('%s is %s: no command that is there, and a name that a cmdlet can have', (name, cmdlet) => {
    expect(cmdletName(name)).toBe(cmdlet);
  });

  it('has an approved verb and a noun where its function is named by hand', () => {
    const wrong = Object.entries(KNOWN).filter(([, name]) => {
      const [verb = '', noun = ''] = name.split('-');
      return !APPROVED_VERBS.has(verb) || !/^[A-Z][A-Za-z0-9]+$/.test(noun);
    });
    expect(wrong).toEqual([]);
  });

  it('says the library in place of Win32 where a definition names it', () => {
    expect(cmdletName('CreateService', { qualifier: 'Libc' })).toBe('New-LibcService');
  });

  it.each([
    ['Registry', 'RegOpenKeyExW', 'Open-Key'],
    ['Registry', 'RegistryOpenKey', 'Open-RegistryKey'],
    ['Network', 'NetShareEnum', 'Get-Share'],
    ['FileSystem', 'GetFileTime', 'Get-FileTime'],
    ['Registry', 'CloseReg', 'Close-Reg'],
    ['Reg', 'RegOpenKeyExW', 'Open-RegKey'],
    ['Sample', 'SamOpenDomain', 'Open-Domain'],
    ['Sample', 'GetSampling', 'Get-Sampling'],
  ])('behind the prefix %s does not begin with a short form of it: %s is %s', (prefix, name, cmdlet) => {
    expect(cmdletName(name, { prefix })).toBe(cmdlet);
  });

  it('can have the name of a command with the prefix of its module, but not that of its own command', () => {
    expect(cmdletName('CreateService', { prefix: 'Sample' })).toBe('New-Service');
    expect(cmdletName('TestSampleModule', { definitionName: 'Sample' })).toBe('Test-Win32SampleModule');
  });
});

describe('withoutAnsiTwins', () => {
  it('leaves out what there is for Unicode, and nothing else', () => {
    const names = ['GetThingA', 'GetThingW', 'SymSearch', 'SymSearchW', 'OnlyA', 'GetDWORDA', 'LineDDA', 'Plain'];
    expect(withoutAnsiTwins(names)).toEqual(['GetThingW', 'SymSearchW', 'OnlyA', 'GetDWORDA', 'LineDDA', 'Plain']);
  });
});

describe('a parameter', () => {
  it.each([
    ['pfnCallback', 'Callback'],
    ['fEnable', 'Enable'],
    ['lpwszName', 'Name'],
    ['pcbNeeded', 'NeededSize'],
    ['cchText', 'TextLength'],
    ['cItems', 'ItemCount'],
    ['lpcbMaxSubKeyLen', 'MaxSubKeyLen'],
    ['hwndOwner', 'OwnerWindow'],
    ['idThread', 'ThreadId'],
    ['psz1', 'Text1'],
    ['resume_handle', 'ResumeHandle'],
  ])('%s is %s', (name, plain) => {
    expect(namesOf(name)).toEqual([plain]);
  });

  it.each(['hour', 'dwell', 'lparam', 'fontName', 'number', 'point', 'channel', 'indexName', 'stride', 'upper'])(
    '%s keeps its letters',
    (name) => {
      expect(namesOf(name)).toEqual([name.replace(/^./, (first) => first.toUpperCase())]);
    },
  );

  it('has a name that PowerShell and the cmdlet leave to it', () => {
    const names = namesOf('hEvent', 'lpInput', 'pid', 'args', 'dwReason', 'bVerbose', 'Host');
    expect(names).toEqual([
      'EventHandle',
      'InputValue',
      'ProcessId',
      'Arguments',
      'ReasonValue',
      'VerboseValue',
      'HostValue',
    ]);
  });

  it('has another name than those before it', () => {
    expect(namesOf('hPrinter', 'pPrinter')).toEqual(['Printer', 'PrinterData']);
    expect(namesOf('dwSize', 'nSize', 'size')).toEqual(['Size', 'NSize', 'Size2']);
    expect(namesOf('', '_', '1')).toEqual(['Parameter1', 'Parameter2', 'Parameter3']);
  });

  it('is a Socket if its type says so', () => {
    expect(parameterNames([{ Name: 's', Type: { Kind: 'ApiRef', Name: 'SOCKET' } }])).toEqual(['Socket']);
  });
});

const documents = readDocuments();

describe.skipIf(documents.size === 0)('the functions of Windows', () => {
  const cmdlets = [...documents.values()].flatMap(({ Functions }) => {
    const names = [...new Set(Functions.map((one) => one.Name))];
    const unique = cmdletNames(names);
    expect(new Set(unique.map((name) => name.toLowerCase())).size).toBe(names.length);
    return unique;
  });

  it('have cmdlets with an approved verb and a free name', () => {
    const wrong = cmdlets.filter((name) => {
      const [verb = '', noun = ''] = name.split('-');
      return !APPROVED_VERBS.has(verb) || !/^[A-Z][A-Za-z0-9]*$/.test(noun) || moduleWithCommand(name) !== undefined;
    });
    expect(wrong).toEqual([]);
  });

  it('are Invoke- only where nothing fits', () => {
    const invoking = cmdlets.filter((name) => name.startsWith('Invoke-'));
    expect(cmdlets.length).toBeGreaterThan(3900);
    expect(invoking.length / cmdlets.length).toBeLessThan(0.08);
  });

  it('have parameters whose names are unique and free', () => {
    for (const { Name, Params } of [...documents.values()].flatMap(({ Functions }) => Functions)) {
      const names = parameterNames(Params);
      const keys = new Set(names.map((one) => one.toLowerCase()));
      const wrong = names.filter((one) => !/^[A-Z][A-Za-z0-9]*$/.test(one) || nameProblems(one).length > 0);
      expect({ Name, unique: keys.size, wrong }).toEqual({ Name, unique: Params.length, wrong: [] });
    }
  });
});
