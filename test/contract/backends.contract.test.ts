import { loadDefinition } from '../../src/definition/load.js';
import { registerContract } from './contract.js';
import { contractSubjects } from './subjects.js';

const definition = await loadDefinition('PersistentPortReservation');

for (const subject of contractSubjects(definition)) registerContract(subject, definition);
