import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { validateDefinitionText } from '../../src/definition/validate.js';
import { generateModule } from '../../src/generator/generate.js';
import { MARKER } from '../../src/generator/render.js';
import { editedSample, sampleDefinition, toText } from '../support/definitions.js';
import { hostileLine, hostileText, LINE_PLACES, TEXT_PLACES, textEverywhere } from '../support/hostile-texts.js';
import { splitCode } from '../support/powershell-code.js';

const builtIn = await loadDefinition('PersistentPortReservation');
const rendered = (edits = {}) => Object.fromEntries(generateModule(sampleDefinition(edits)));

describe('a rendered module', () => {
  it('has these files, sorted', () => {
    expect([...generateModule(builtIn).keys()]).toEqual([
      'Dsc/ExcludedPortRangeDsc/ExcludedPortRangeDsc.psd1',
      'Dsc/ExcludedPortRangeDsc/ExcludedPortRangeDsc.psm1',
      'Dsc/PersistentPortReservationDsc/PersistentPortReservationDsc.psd1',
      'Dsc/PersistentPortReservationDsc/PersistentPortReservationDsc.psm1',
      'ExcludedPortRange.dsc.resource.json',
      'PersistentPortReservation.Constrained.ps1',
      'PersistentPortReservation.Format.ps1xml',
      'PersistentPortReservation.Verification.ps1',
      'PersistentPortReservation.dsc.manifests.json',
      'PersistentPortReservation.dsc.resource.json',
      'PersistentPortReservation.psd1',
      'PersistentPortReservation.psm1',
      'PersistentPortReservationList.dsc.resource.json',
      'RoleCapabilities/PersistentPortReservationOperator.psrc',
      'RoleCapabilities/PersistentPortReservationReader.psrc',
      'en-US/PersistentPortReservation-help.xml',
      'en-US/about_PersistentPortReservation.help.txt',
      'facts.json',
      'tests/PersistentPortReservation.Tests.ps1',
    ]);
  });

  it('has the view of its own object where the definition has none', () => {
    const files = rendered({ '/objects': {}, '/cmdlets/0/output': { kind: 'none' } });
    expect(Object.keys(files).filter((file) => !file.startsWith('Role'))).toEqual([
      'Sample.Constrained.ps1',
      'Sample.Format.ps1xml',
      'Sample.Verification.ps1',
      'Sample.psd1',
      'Sample.psm1',
      'en-US/Sample-help.xml',
      'en-US/about_Sample.help.txt',
      'facts.json',
      'tests/Sample.Tests.ps1',
    ]);
    expect(files['Sample.Format.ps1xml']?.match(/<TypeName>(?!Deserialized)[^<]+/g)).toEqual([
      '<TypeName>Sample.FileDeviation',
    ]);
  });

  it('has neither inputs nor batches for a function that takes nothing', () => {
    const cmdlets = [
      {
        name: 'Test-Ping',
        function: 'Ping',
        synopsis: 'Pings.',
        description: 'Pings.',
        output: { kind: 'none' },
        examples: [{ code: 'Test-Ping', description: 'Pings.' }],
      },
    ];
    const files = rendered({ '/cmdlets': cmdlets });
    expect(files['Sample.psm1']).toContain('function Test-Ping {');
    expect(files['Sample.psm1']).not.toContain('Complete-NativeCall');
    expect(JSON.parse(files['facts.json'] ?? '').cmdlets['Test-Ping']).toEqual({
      kind: 'function',
      method: 'Ping',
      output: { kind: 'none' },
    });
  });

  it.each([...generateModule(builtIn)])(
    '%s has LF line ends, one at its end, and is ASCII or says that it is not',
    (file, text) => {
      expect(text).not.toContain('\r');
      expect(text).toMatch(/[^\n]\n$/);
      expect(/^[\t\n -~]*$/.test(text) || text.startsWith('\ufeff')).toBe(true);
      const banner = file.endsWith('.help.txt') ? text.slice(-400) : text.slice(0, 400);
      expect(banner).toContain(MARKER);
    },
  );

  it('has a byte order mark where a text is not ASCII', () => {
    const message = { '/cmdlets/1/shouldProcess/action': 'Gr\u00fc\u00dfen' };
    const files = rendered({ '/module/author': 'J\u00fcrgen', '/cmdlets/0/synopsis': 'Gr\u00fc\u00dfe.', ...message });
    expect(files['Sample.psd1']?.startsWith('\ufeff#')).toBe(true);
    expect(files['facts.json']?.startsWith('\ufeff{')).toBe(true);
    expect(files['facts.json']?.lastIndexOf('\ufeff')).toBe(0);
    expect(files['Sample.Format.ps1xml']?.startsWith('<?xml')).toBe(true);
    expect(files['en-US/Sample-help.xml']?.startsWith('\ufeff<?xml')).toBe(true);
    expect(files['en-US/about_Sample.help.txt']?.startsWith('\ufeffTOPIC')).toBe(true);
  });

  it('names its own node in the DSC manifests where it has one, and changes nothing else', () => {
    const [without, having] = [false, true].map((hasNode) => generateModule(builtIn, { hasNode }));
    const changed = [...(having ?? [])].filter(([file, text]) => without?.get(file) !== text);
    expect(changed.map(([file]) => file)).toEqual([
      'ExcludedPortRange.dsc.resource.json',
      'PersistentPortReservation.dsc.manifests.json',
      'PersistentPortReservation.dsc.resource.json',
      'PersistentPortReservationList.dsc.resource.json',
    ]);
    for (const [file, text] of changed) expect(text.replaceAll('"bin/node.exe"', '"node"')).toBe(without?.get(file));
  });

  it.each([...generateModule(builtIn)])('%s names nothing of this machine', (_file, text) => {
    const names = [process.cwd(), homedir(), tmpdir(), hostname(), process.execPath, userInfo().username];
    expect(names.filter((name) => name.length > 4 && text.includes(name))).toEqual([]);
    expect(text).not.toMatch(/\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b/);
  });
});

describe('rendering is byte-stable', () => {
  const { cwd, TZ } = { cwd: process.cwd(), TZ: process.env.TZ };
  afterEach(() => {
    vi.useRealTimers();
    process.chdir(cwd);
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  it.each<[string, () => void]>([
    ['a second time', () => undefined],
    ['from another folder', () => process.chdir(tmpdir())],
    ['in another year', () => void vi.useFakeTimers({ now: new Date('2031-02-03T04:05:06Z') })],
    ['in another time zone', () => void Object.assign(process.env, { TZ: 'Pacific/Kiritimati' })],
  ])('%s', (_name, change) => {
    const before = generateModule(builtIn);
    change();
    expect(generateModule(builtIn)).toEqual(before);
  });
});

describe('hostile texts', () => {
  const harmless = rendered(textEverywhere(() => 'Harmless text.'));
  const anyTexts = fc.record({
    lines: fc.array(hostileLine, { minLength: 4 }),
    texts: fc.array(hostileText, { minLength: 4 }),
  });
  const place = (pieces: { lines: string[]; texts: string[] }) =>
    textEverywhere((at) => {
      const from = LINE_PLACES.includes(at) ? pieces.lines : pieces.texts;
      return from[TEXT_PLACES.indexOf(at) % from.length] as string;
    });

  it('are accepted as texts: only their form is limited', () => {
    fc.assert(
      fc.property(anyTexts, (pieces) => {
        const { mistakes } = validateDefinitionText(toText(editedSample(place(pieces))));
        expect(mistakes.filter(({ message }) => !message.includes('does not have the form'))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('change no code: only literals and comments differ from the rendering of harmless texts', () => {
    fc.assert(
      fc.property(anyTexts, (pieces) => {
        const hostile = rendered(place(pieces));
        for (const file of ['Sample.psm1', 'Sample.psd1']) {
          const [wanted, found] = [harmless[file], hostile[file]].map((text) =>
            splitCode(text?.replace('\ufeff', '') ?? ''),
          );
          expect(found?.code).toBe(wanted?.code);
          expect(found?.literals).toHaveLength(wanted?.literals.length ?? 0);
        }
        expect(hostile['Sample.Format.ps1xml']).toBe(harmless['Sample.Format.ps1xml']);
      }),
    );
  });

  it('arrive whole in the manifest', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { literals } = splitCode(rendered({ '/module/description': text })['Sample.psd1'] ?? '');
        expect(literals).toContain(text);
      }),
    );
  });

  it.each(['/name', '/cmdlets/2/name', '/functions/Read{Kind}/parameters/0/name', '/objects/Item/properties/0/name'])(
    'are no names: %s is refused where a name is written bare',
    (at) => {
      expect(() => rendered({ [at]: 'x; Remove-Item' })).toThrow();
    },
  );
});
