/** The manifests: what each version of DSC may read, what DSC's own schemas say, and what the instance schema permits. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOURCE_EXIT } from '../../src/definition/resource-codes.js';
import { ResourceFailure } from '../../src/dsc/failure.js';
import { type JsonObject, readInstance } from '../../src/dsc/input.js';
import { instanceSchema, listSchema } from '../../src/dsc/instance-schema.js';
import { readList } from '../../src/dsc/list-resource.js';
import { resourceModel } from '../../src/dsc/model.js';
import { DSC_VERSIONS, discover, isAtLeast, type Manifest, refusalOf } from '../support/dsc-manifest-rules.js';
import { block, LIST, MODULE_FOLDER, makeComputer, ONE } from './engine.js';
import { definition } from './simulated.js';

const SCHEMAS = fileURLToPath(new URL('../../../shared/data/dsc/', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(path.join(MODULE_FOLDER, file), 'utf8'));
const FILES = readdirSync(MODULE_FOLDER).filter((file) => /\.dsc\.resource\.json$/.test(file));
const PORTABLE = FILES.map((file) => [file, read(file) as Manifest] as const);
const RICHER = (read('PersistentPortReservation.dsc.manifests.json') as { resources: Manifest[] }).resources;
const model = resourceModel(definition, 'PersistentPortReservation');

/** Returns one of DSC's published schemas, compiled. Each has a separate ajv, because the schemas share addresses. */
function published(file: string) {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(path.join(SCHEMAS, file), 'utf8')));
  return (value: unknown) => (validate(value) ? [] : (validate.errors ?? []));
}

function compiled(schema: object) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  ajv.addKeyword('x-dsc-key');
  return ajv.compile(schema);
}

/** The same manifest as 3.1 could read it: newer argument objects left out. */
function withoutWhatIf(manifest: Manifest): object {
  const text = JSON.stringify(manifest, (_key, value) =>
    Array.isArray(value) ? value.filter((one) => !(typeof one === 'object' && 'whatIfArg' in one)) : value,
  );
  return JSON.parse(text);
}

describe('the committed manifests', () => {
  it('are portable ones, and each once more with what-if', () => {
    expect(PORTABLE.map(([, { type, version }]) => [type, version])).toEqual([
      ['dllet/ExcludedPortRange', '1.0.0'],
      [ONE, '1.0.0'],
      [LIST, '1.0.0'],
    ]);
    expect(RICHER.map(({ type, version }) => [type, version])).toEqual([
      [ONE, '1.0.1'],
      [LIST, '1.0.1'],
      ['dllet/ExcludedPortRange', '1.0.1'],
    ]);
  });

  it.each(DSC_VERSIONS)('are read by DSC %s, each edition by the versions that it is for', (version) => {
    for (const [, manifest] of PORTABLE) expect(refusalOf(manifest, version)).toBeUndefined();
    for (const manifest of RICHER) {
      if (isAtLeast(version, '3.2')) expect(refusalOf(manifest, version)).toBeUndefined();
      else expect(refusalOf(manifest, version)).toMatch(/whatIfArg/);
    }
    expect(discover(MODULE_FOLDER, version)).toHaveLength(isAtLeast(version, '3.2') ? 6 : 3);
  });

  it.each(PORTABLE)('%s never waits for a stdin that may not come, and says what its output is', (_file, manifest) => {
    const mandatory = { jsonInputArg: '--input', mandatory: true };
    for (const name of ['get', 'export'] as const) {
      if (manifest[name]) expect(manifest[name]).toMatchObject({ args: expect.arrayContaining([mandatory]) });
      expect(manifest[name]?.input).toBeUndefined();
    }
    for (const name of ['set', 'test', 'delete'] as const)
      if (manifest[name]) expect(manifest[name]?.input).toBe('stdin');
    expect(manifest.set).toMatchObject({ handlesExist: true, return: 'state' });
    expect(manifest.set?.implementsPretest).toBeUndefined();
    expect(manifest.test?.return).toBe('state');
    expect(manifest.kind).toBe('resource');
    expect(JSON.stringify(manifest)).not.toContain('requireSecurityContext');
  });

  it.each(PORTABLE)('%s has a text for every exit code that the program can end with', (_file, { exitCodes = {} }) => {
    const own = model.resource.exitCodes.map(({ code }) => code);
    const all = [...Object.values(RESOURCE_EXIT), ...own].sort((one, other) => one - other).map(String);
    expect(Object.keys(exitCodes)).toEqual(all);
    for (const text of Object.values(exitCodes)) expect(text).toMatch(/\S/);
  });

  it.each(PORTABLE)('%s starts the program beside it', (_file, manifest) => {
    for (const name of ['get', 'set', 'test'] as const) {
      expect(manifest[name]?.executable).toBe('node');
      expect(manifest[name]?.args?.slice(0, 4)).toEqual(['./bin/dllet.cjs', 'dsc', name, manifest.type]);
    }
  });
});

describe.runIf(existsSync(SCHEMAS))("DSC's own schemas (../shared/data/dsc)", () => {
  describe.each(['v3', 'v3.0.2'])('of %s', (generation) => {
    const check = existsSync(SCHEMAS) ? published(`${generation}/bundled/resource/manifest.json`) : () => [];
    it.each(PORTABLE)('accept %s', (_file, manifest) => expect(check(manifest)).toEqual([]));
    it.each(RICHER.map((manifest) => [manifest.type, manifest] as const))(
      'accept the what-if edition of %s, but for what is newer',
      (_type, manifest) => expect(check(withoutWhatIf(manifest))).toEqual([]),
    );
    it('would not accept a manifest without its keys', () => {
      for (const [, manifest] of PORTABLE) expect(check({ ...manifest, version: undefined, type: 1 })).not.toEqual([]);
    });
  });

  it('accept every output', async () => {
    const computer = await makeComputer();
    const stdout = (name: string) => published(`v3/bundled/resource/stdout/${name}.json`);
    const outputs: [string, unknown[]][] = [];
    for (const [type, input] of [
      [ONE, block(5000, 20)],
      [LIST, { reservations: [block(5000, 20), { ...block(6000, 1), _exist: false }] }],
    ] as const) {
      const dsc = computer.engine('3.3', type);
      for (const name of ['get', 'test', 'set', 'get', 'test', 'set'] as const)
        outputs.push([name, (await dsc.run(name, JSON.stringify(input))).lines]);
      const { lines } = await dsc.run('set', JSON.stringify(input), { whatIf: true });
      outputs.push(['whatIf', lines], ['set', lines]);
    }
    const dsc = computer.engine();
    outputs.push(['export', await dsc.export()]);
    expect((await dsc.run('delete', JSON.stringify(block(1, 1)))).lines).toEqual([]);
    for (const [name, lines] of outputs) {
      expect(lines).toHaveLength(1);
      for (const line of lines) expect([name, stdout(name)(line)]).toEqual([name, []]);
    }
  });
});

describe('the instance schema', () => {
  const isInstance = compiled(instanceSchema(model));
  const isList = compiled(listSchema(model));
  const accepts = (work: () => unknown) => {
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof ResourceFailure) return false;
      throw error;
    }
  };
  const value = fc.oneof(
    fc.constantFrom('Udp', 'Tcp', 'udp', '', '5', null, true, false, 0, 1, 65_535, 65_536, 1.5, -1),
    fc.integer({ min: 1, max: 100 }),
  );
  const anyObject = fc.record(
    {
      protocol: fc.oneof(fc.constant('Udp'), value),
      startPort: value,
      numberOfPorts: value,
      _exist: value,
      extra: value,
    },
    { requiredKeys: ['protocol', 'startPort'] },
  );

  it('permits what the program takes, and nothing else (but for the end of a block, which no schema can tell)', () => {
    fc.assert(
      fc.property(anyObject, (input) => {
        const fits = Number(input.startPort) + Number(input.numberOfPorts) - 1 <= 65_535;
        expect(accepts(() => readInstance(model, input as JsonObject))).toBe(isInstance(input) && fits);
      }),
      { numRuns: 500 },
    );
  });

  it('of the list likewise', () => {
    const limits = fc.record(
      { startPort: value, endPort: value, protocol: value, other: value },
      { requiredKeys: ['startPort'] },
    );
    const scope = fc.array(limits, { maxLength: 2 });
    fc.assert(
      fc.property(
        fc.record(
          { reservations: fc.array(anyObject, { maxLength: 1 }), scope, _purge: value, x: value },
          { requiredKeys: [] },
        ),
        (input) => {
          // What only the program can tell: blocks past the end, limits upside down, a purge without a scope.
          if (accepts(() => readList(model, input as JsonObject))) expect(isList(input)).toBe(true);
          const isWhole = (input.scope ?? []).every((one) => Number(one.startPort) <= Number(one.endPort));
          const hasScope = input._purge !== true || (input.scope ?? []).length > 0;
          const fits = (input.reservations ?? []).every(
            (one) => Number(one.startPort) + Number(one.numberOfPorts) - 1 <= 65_535,
          );
          if (isList(input) && isWhole && hasScope && fits && input._purge !== null)
            expect(accepts(() => readList(model, input as JsonObject))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has a token as text, and the references that DSC knows, bundled', () => {
    const { properties, $defs } = instanceSchema(model) as {
      properties: Record<string, { $ref?: string }>;
      $defs: Record<string, { $id: string }>;
    };
    expect(properties.token).toMatchObject({ type: 'string', readOnly: true });
    for (const name of ['_exist', '_inDesiredState']) {
      const address = properties[name]?.$ref ?? '';
      expect($defs[address]?.$id).toBe(address);
    }
  });
});
