/** Every command of `dllet`, in the order of `dllet --help`. */
import type { CommandModule } from 'yargs';
import { EXTENSION_COMMANDS } from '../extensions/in-command-line.js';
import { callCommand } from './call.js';
import { completionCommand } from './completion.js';
import { coverageCommand } from './coverage.js';
import { doctorCommand } from './doctor.js';
import { dscCommand } from './dsc.js';
import { explainCommand } from './explain.js';
import { generateCommand } from './generate.js';
import { shown } from './help.js';
import { importCommand } from './import.js';
import { newCommand } from './new.js';
import { packCommand } from './pack.js';
import { serveCommand } from './serve.js';
import { typesCommand } from './types.js';
import { validateCommand } from './validate.js';
import { verifyCommand } from './verify.js';

export const COMMANDS = [
  shown(callCommand),
  shown(serveCommand),
  newCommand,
  validateCommand,
  explainCommand,
  typesCommand,
  importCommand,
  coverageCommand,
  generateCommand,
  packCommand,
  verifyCommand,
  shown(dscCommand),
  doctorCommand,
  ...EXTENSION_COMMANDS,
  completionCommand,
] as readonly CommandModule[];
