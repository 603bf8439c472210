/** `dllet ports ...`: lists excluded, used and free ports, and explains why one cannot be bound. */
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import type { Argv, CommandModule } from 'yargs';
import { chooseBackend, stateFile } from '../../../cli/backend.js';
import { FILE, TEXT, wholeNumber, wordsOf } from '../../../cli/option-values.js';
import { print } from '../../../cli/output.js';
import { withProgress } from '../../../cli/progress.js';
import { tableLines } from '../../../cli/table.js';
import { DlletError, messageOf } from '../../../definition/errors.js';
import { loadDefinition } from '../../../definition/load.js';
import type { PortsContext, Warn } from '../ports/context.js';
import type { RoomSwitches } from '../ports/no-room.js';
import type { RangeQuestion } from '../ports/services.js';
import type { AddressFamily, Protocol, Store } from '../ports/types.js';
import { createContext } from '../program.js';

type Row = Readonly<Record<string, string | number | boolean | null>>;

interface CommonArguments {
  protocol: Protocol[] | undefined;
  family: AddressFamily[] | undefined;
  backend: string;
  library: string | undefined;
  state: string | undefined;
  json: boolean;
}

export const portsCommand: CommandModule = {
  command: 'ports <what>',
  describe: 'Show which ports are excluded, in use or free, and why a port cannot be bound',
  builder: (yargs) =>
    common(yargs)
      .command(excludedCommand)
      .command(dynamicCommand)
      .command(useCommand)
      .command(testCommand)
      .command(findCommand)
      .command(mapCommand)
      .demandCommand(1, 'Name a command: excluded, dynamic, use, test, find or map')
      .example('dllet ports test 50000', 'Show why port 50000 cannot be bound'),
  handler: () => undefined,
};

function common(yargs: Argv): Argv {
  return yargs
    .parserConfiguration({ 'greedy-arrays': false })
    .option('protocol', { ...wordsOf('Tcp', 'Udp'), array: true, describe: 'Only this protocol (default: both)' })
    .option('backend', {
      choices: ['native', 'simulated'],
      default: 'native',
      describe: 'native: this computer; simulated: the simulated computer',
    })
    .option('library', { ...FILE, describe: 'Absolute path of another library (native)' })
    .option('state', { ...FILE, describe: 'Absolute path of the state file (simulated)' })
    .option('json', { type: 'boolean', default: false, describe: 'Print JSON' });
}

function withFamily(yargs: Argv): Argv {
  return yargs.option('family', {
    ...wordsOf('IPv4', 'IPv6'),
    array: true,
    describe: 'Only this address family (default: both)',
  });
}

function withStore(yargs: Argv): Argv {
  return withFamily(yargs).option('store', {
    ...wordsOf('Active', 'Persistent'),
    default: 'Active',
    describe: 'What is in force now, or after the next restart',
  });
}

type RangeArguments = CommonArguments & { store: Store };
type RangeService = (context: PortsContext, question: RangeQuestion, warn: Warn) => Promise<readonly object[]>;

function rangeCommand(
  command: string,
  describe: string,
  service: () => Promise<RangeService>,
  nothing: string,
): CommandModule<object, RangeArguments> {
  return {
    command,
    describe,
    builder: ((yargs: Argv) => withStore(yargs).example(`dllet ports ${command}`, '')) as never,
    handler: async (args) => {
      const question = { protocols: args.protocol, addressFamilies: args.family, store: args.store };
      const rows = await (await service())(await openContext(args), question, warn);
      show(
        args,
        rows.map((row) => ({ ...row })),
        nothing,
      );
    },
  };
}

const excludedCommand = rangeCommand(
  'excluded',
  'List the excluded port ranges',
  async () => (await import('../ports/services.js')).excludedRanges,
  'no range is excluded',
);

const dynamicCommand = rangeCommand(
  'dynamic',
  'Show the dynamic port ranges, and how much of each is left',
  async () => (await import('../ports/dynamic-range.js')).reportDynamicRanges,
  'there is no dynamic port range',
);

const useCommand: CommandModule<object, CommonArguments & { ports: string | undefined }> = {
  command: 'use [ports]',
  describe: 'Show which processes use which ports',
  builder: (yargs) =>
    withFamily(yargs)
      .positional('ports', { type: 'string', describe: 'Such as 80,443,5000-5019' })
      .example('dllet ports use 80,443', '') as never,
  handler: async (args) => {
    const { parsePorts, portUse } = await import('../ports/services.js');
    const ports = args.ports === undefined ? undefined : parsePorts(args.ports);
    const rows = await portUse(await openContext(args), {
      protocols: args.protocol,
      addressFamilies: args.family,
      ports,
    });
    show(
      args,
      rows.map((row) => ({ ...row })),
      args.ports === undefined ? 'no port is in use' : notInUse(args.ports),
    );
  },
};

const notInUse = (ports: string) =>
  /^\d+$/.test(ports) ? `port ${ports} is not in use` : `none of the ports ${ports} is in use`;

const testCommand: CommandModule<object, CommonArguments & { ports: string; address: string | undefined }> = {
  command: 'test <ports>',
  describe: 'Test whether ports can be bound; consecutive ports with the same result share a row',
  builder: (yargs) =>
    yargs
      .positional('ports', { type: 'string', demandOption: true, describe: 'Such as 50000 or 5000-5019' })
      .option('address', {
        ...TEXT,
        describe: 'Local address to bind instead of 0.0.0.0',
      })
      .example('dllet ports test 50000-50059 --protocol udp', 'Test a range') as never,
  handler: async (args) => {
    const { parsePorts, testBinding } = await import('../ports/services.js');
    const question = { ports: parsePorts(args.ports), protocols: args.protocol, address: args.address };
    const context = await openContext(args);
    const runs = await withProgress((progress) => testBinding(context, question, { warn, progress }));
    if (args.json) {
      print(JSON.stringify(runs, null, 2));
      return;
    }
    for (const run of runs) {
      const ports = run.startPort === run.endPort ? `${run.startPort}` : `${run.startPort}-${run.endPort}`;
      print(`${run.protocol} ${ports}: ${run.verdict}${run.bindError === null ? '' : `, ${run.bindError}`}`);
      print(`  ${run.explanation}`);
      print(`  ${run.nextStep}`);
    }
  },
};

interface FindArguments extends CommonArguments {
  count: number;
  minimum: number | undefined;
  maximum: number | undefined;
  'include-dynamic': boolean;
  near: number | undefined;
  verify: boolean;
}

const findCommand: CommandModule<object, FindArguments> = {
  command: 'find <count>',
  describe: 'Find free blocks of ports, best first',
  builder: (yargs) =>
    yargs
      .positional('count', { ...wholeNumber('the number of ports'), demandOption: true, describe: 'Number of ports' })
      .option('minimum', { ...wholeNumber('--minimum'), describe: 'First port to consider (default: 1024)' })
      .option('maximum', { ...wholeNumber('--maximum'), describe: 'Last port to consider (default: 65535)' })
      .option('include-dynamic', {
        type: 'boolean',
        default: false,
        describe: 'Also search the dynamic port range',
      })
      .option('near', { ...wholeNumber('--near'), describe: 'List the blocks closest to this port first' })
      .option('verify', {
        type: 'boolean',
        default: false,
        describe: 'Bind every port of a block before listing it, and skip ports that cannot be bound',
      })
      .example('dllet ports find 20 --protocol udp', 'Find 20 free UDP ports') as never,
  handler: async (args) => {
    const { findRoom } = await import('../ports/services.js');
    const question = {
      numberOfPorts: args.count,
      protocols: args.protocol,
      minimum: args.minimum,
      maximum: args.maximum,
      includeDynamicRange: args['include-dynamic'],
      near: args.near,
      verify: args.verify,
    };
    const blocks = await findRoom(await openContext(args), question, warn, ROOM_SWITCHES);
    show(
      args,
      blocks.map((block) => ({ ...block })),
      'no free block',
    );
  },
};

const ROOM_SWITCHES: RoomSwitches = {
  includeDynamicRange: '--include-dynamic',
  minimum: '--minimum',
  maximum: '--maximum',
  protocol: '--protocol',
};

const mapCommand: CommandModule<object, CommonArguments & { out: string }> = {
  command: 'map',
  describe: 'Write a map of all ports as an HTML page',
  builder: (yargs) =>
    yargs
      .option('out', {
        ...FILE,
        demandOption: true,
        describe: 'The file to write',
      })
      .example('dllet ports map --out ports.html', '') as never,
  handler: async (args) => {
    const { portMap } = await import('../ports/services.js');
    const text = await portMap(await openContext(args), hostname(), new Date(), warn);
    const file = path.resolve(args.out);
    await writeFile(file, text).catch((error: unknown) => {
      throw notWritten(file, error);
    });
    print(args.json ? JSON.stringify({ file, characters: text.length }) : `written  ${file}`);
  },
};

/** Writes to stderr, so that stdout has only the requested output. */
function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

function notWritten(file: string, cause: unknown): DlletError {
  return new DlletError({
    id: 'FileNotWritten',
    category: 'WriteError',
    message: `The file ${file} could not be written: ${messageOf(cause)}`,
    recommendedAction: 'Give the path of a file, in a directory that exists and that you can write to.',
    data: { file },
    cause,
  });
}

async function openContext(args: CommonArguments): Promise<PortsContext> {
  const definition = await loadDefinition('PersistentPortReservation');
  const backend = await chooseBackend(definition, args);
  return createContext({ definition, backend, stateFile: () => stateFile(args.state) });
}

function show(args: CommonArguments, rows: readonly Row[], nothing: string): void {
  if (args.json) print(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) print(nothing);
  else for (const line of tableLines(rows)) print(line);
}
