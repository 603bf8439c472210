/** The recipes: every block is of a kind that is tested, and what is data is valid. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';
import { ROOT } from '../support/cli.js';
import { type CodeBlock, codeBlocks, RECIPES } from '../support/markdown.js';

/** Of PowerShell/DSC, where the machine has them. */
const DOCUMENT_SCHEMA = fileURLToPath(
  new URL('../../../shared/data/dsc/v3/bundled/config/document.json', import.meta.url),
);
const MODULE = path.join(ROOT, 'module', 'PersistentPortReservation');
const LANGUAGES = ['powershell', 'yaml', 'sh', 'mof', 'text', 'json', 'xml'];

const blocks = [...RECIPES, 'docs/audit.md'].flatMap(codeBlocks);
const ofLanguage = (language: string) =>
  blocks
    .filter((block) => block.language === language)
    .map((block) => [`${block.document}:${block.line}`, block] as const);

describe('the index', () => {
  const index = readFileSync(path.join(ROOT, 'docs/recipes/README.md'), 'utf8');

  it('names each recipe once in its table', () => {
    const named = [...index.matchAll(/^\| \[[^\]]+\]\(([a-z0-9-]+\.md)\) \|/gm)].map(
      (match) => `docs/recipes/${match[1]}`,
    );
    expect(named.sort()).toEqual(RECIPES.filter((file) => file !== 'docs/recipes/README.md'));
  });
});

it.each(RECIPES)('the links of %s lead somewhere', (document) => {
  const text = readFileSync(path.join(ROOT, document), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\((?!https:)([^)]+)\)/g)) {
    const [file = '', anchor] = target.split('#');
    const found = path.join(ROOT, path.dirname(document), file);
    expect(existsSync(found), target).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(readFileSync(found, 'utf8')), target).toContain(anchor);
  }
});

function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
}

it('every block is of a kind that is tested', () => {
  const strange = blocks.filter(({ language }) => !LANGUAGES.includes(language));
  expect(strange.map(({ document, line, language }) => `${document}:${line} ${language}`)).toEqual([]);
});

it('every PowerShell block of a recipe is run, or says why not', () => {
  const kinds = ofLanguage('powershell').filter(([, { document }]) => document !== 'docs/audit.md');
  expect(kinds.length).toBeGreaterThan(10);
  for (const [place, { info, file }] of kinds) {
    const isRun = info === 'run' || info === `file=${file}`;
    expect(isRun || /(^| )parse-only: needs \S+/.test(info), place).toBe(true);
  }
});

describe('YAML', () => {
  it.each(ofLanguage('yaml'))('%s is YAML without a warning, and DSC or Ansible', (_place, { text, info }) => {
    const documents = parseAllDocuments(text, { uniqueKeys: true, strict: true });
    expect(documents).toHaveLength(1);
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    expect(info).toMatch(/^(dsc|ansible)\b/);
  });
});

interface Instance {
  readonly name: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface DscDocument {
  readonly parameters?: Readonly<Record<string, { readonly defaultValue: unknown }>>;
  readonly resources: readonly Instance[];
}

interface Play {
  readonly name: string;
  readonly hosts: string;
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
}

const parsed = (block: CodeBlock) => parseDocument(block.text).toJS() as unknown;
const plays = ofLanguage('yaml').filter(([, { info }]) => info.startsWith('ansible'));

/** DSC documents, those that Ansible passes on too. */
const documents: (readonly [string, DscDocument])[] = [
  ...ofLanguage('yaml')
    .filter(([, { info }]) => info.startsWith('dsc'))
    .map(([place, block]) => [place, parsed(block) as DscDocument] as const),
  ...plays.flatMap(([place, block]) =>
    (parsed(block) as Play[]).flatMap(({ tasks }) =>
      tasks.flatMap((task) => {
        const dsc = task['ansible.windows.dsc3'] as { readonly config: DscDocument } | undefined;
        const $schema = 'https://aka.ms/dsc/schemas/v3/bundled/config/document.json';
        return dsc ? [[place, { $schema, ...dsc.config }] as const] : [];
      }),
    ),
  ),
];

describe('DSC documents', () => {
  it('there are some, of each kind', () => {
    expect(new Set(documents.map(([place]) => place.replace(/:.*/, '')))).toEqual(
      new Set(['docs/recipes/ansible.md', 'docs/recipes/dsc-v3.md', 'docs/recipes/winget.md']),
    );
  });

  it.skipIf(!existsSync(DOCUMENT_SCHEMA)).each(documents)(
    '%s is valid against the schema of DSC',
    (_place, document) => {
      const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
      addFormats.default(ajv);
      const validate = ajv.compile(JSON.parse(readFileSync(DOCUMENT_SCHEMA, 'utf8')));
      expect(validate(document) || validate.errors).toBe(true);
    },
  );

  it.each(documents)('%s has instances of our resource, valid against its own schema', (_place, document) => {
    const schemas = instanceSchemas();
    for (const instance of document.resources) {
      expect(instance.type).toBe('dllet/PersistentPortReservation');
      const properties = resolved(document, instance.properties);
      const { protocol, startPort, numberOfPorts } = properties;
      expect(['Udp', 'Tcp']).toContain(protocol);
      expect(Number(startPort) + Number(numberOfPorts) - 1).toBeLessThan(49_152);
      const schema = schemas.get(instance.type);
      if (schema === undefined) continue;
      const validate = new Ajv2020({ strict: false }).compile(schema);
      expect(validate(properties) || validate.errors, instance.name).toBe(true);
    }
    expect(new Set(document.resources.map(({ name }) => name)).size).toBe(document.resources.length);
  });
});

/** The schemas in the manifests beside the module. */
function instanceSchemas(): Map<string, object> {
  const manifests = readdirSync(MODULE).filter((file) => file.endsWith('.dsc.resource.json'));
  return new Map(
    manifests.map((file) => {
      const manifest = JSON.parse(readFileSync(path.join(MODULE, file), 'utf8'));
      return [manifest.type, manifest.schema.embedded];
    }),
  );
}

/** With the default values of parameters. */
function resolved({ parameters }: DscDocument, properties: Instance['properties']): Record<string, unknown> {
  const value = (given: unknown) => {
    const name = typeof given === 'string' ? /^\[parameters\('(\w+)'\)\]$/.exec(given)?.[1] : undefined;
    return name === undefined ? given : parameters?.[name]?.defaultValue;
  };
  return Object.fromEntries(Object.entries(properties).map(([name, given]) => [name, value(given)]));
}

it.each(plays)('%s is a playbook whose tasks have a name and one module', (_place, block) => {
  for (const play of parsed(block) as Play[]) {
    expect(play).toMatchObject({ name: expect.any(String), hosts: 'windows' });
    for (const { name, register: _register, loop: _loop, changed_when: _changed, ...rest } of play.tasks) {
      expect(name).toMatch(/^[A-Z]/);
      expect(Object.keys(rest)).toHaveLength(1);
      expect(Object.keys(rest)[0]).toMatch(/^ansible\.(windows|builtin)\.\w+$/);
    }
  }
});

it.each(ofLanguage('json'))('%s is JSON', (_place, { text }) => {
  expect(() => JSON.parse(text)).not.toThrow();
});

it.each(ofLanguage('xml'))('%s is XML whose elements are closed', (_place, { text }) => {
  const open: string[] = [];
  for (const [, end, name, empty] of text.matchAll(/<(\/?)([A-Za-z]+)(?:\s+[A-Za-z]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name);
    else if (!empty) open.push(name as string);
  }
  expect(open).toEqual([]);
  expect(text.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>&]/);
});

it.each(ofLanguage('mof'))(
  '%s has instances of the class, and the document that goes with them',
  (_place, { text }) => {
    const instances = [
      ...text.matchAll(/instance of (\w+)(?: as \$\w+)?\s*\{((?:\s*\w+ = (?:"[^"]*"|\d+|\{[^}]*\});)*)\s*\};/g),
    ];
    expect(instances.map(([all]) => all).join('\n\n')).toBe(text.trim());
    expect(instances.map(([, name]) => name)).toEqual([
      'PersistentPortReservation',
      'PersistentPortReservation',
      'OMI_ConfigurationDocument',
    ]);
    const known =
      /^(ResourceID|ModuleName|ModuleVersion|ConfigurationName|SourceInfo|Protocol|StartPort|NumberOfPorts|Ensure)$/;
    for (const [, name, body = ''] of instances) {
      if (name !== 'PersistentPortReservation') continue;
      for (const [, property = ''] of body.matchAll(/(\w+) =/g)) expect(property).toMatch(known);
    }
  },
);
