// Writes docs/definition-reference.md. Run `npm run build` before.
import { writeFileSync } from 'node:fs';
import { definitionReference } from '../dist/generator/definition-reference.js';

writeFileSync(new URL('../docs/definition-reference.md', import.meta.url), definitionReference());
console.log('docs/definition-reference.md: made from the schema');
