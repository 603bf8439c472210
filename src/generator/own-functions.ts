import { ownCommand } from '../definition/reserved-names.js';
import type { Definition } from '../definition/types.js';

/** The functions that every module exports, whatever its definition says. */
export const ownFunctions = ({ name }: Definition): string[] => [ownCommand(name)];
