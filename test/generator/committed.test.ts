import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadDefinition } from '../../src/definition/load.js';
import { generateModule, generateReference } from '../../src/generator/generate.js';
import { compareModule } from '../../src/generator/write.js';

it('the committed module is what its definition gives; if not, run: npm run build && npm run generate', async () => {
  const directory = fileURLToPath(new URL('../../module/PersistentPortReservation', import.meta.url));
  const rendered = generateModule(await loadDefinition('PersistentPortReservation'));
  expect(await compareModule(directory, rendered)).toEqual({ missing: [], changed: [], extra: [] });
});

it('the committed reference pages are what the definition gives; if not, run: npm run build && npm run generate', async () => {
  const directory = fileURLToPath(new URL('../../docs/reference', import.meta.url));
  const rendered = generateReference(await loadDefinition('PersistentPortReservation'));
  expect(await compareModule(directory, rendered)).toEqual({ missing: [], changed: [], extra: [] });
});
