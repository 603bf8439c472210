/**
 * The program inside a module that verifies it on a real Windows (`bin/verify.cjs`): everything goes into one report file.
 * With `guard` or `null-pointer` it is a helper of such a run, in a process of its own.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Definition } from '../definition/types.js';
import { lookupInOtherProcess, lookupWithNull, runGuard } from '../extensions/port-reservation/verification/helpers.js';
import { identity } from '../verification/machine.js';
import { renderReport } from '../verification/report.js';
import { scrub } from '../verification/scrub.js';
import { isGood } from '../verification/types.js';
import { printError } from './output.js';
import { requireNode } from './program-needs.js';
import { EXIT, UsageError } from './usage.js';

const USAGE = `usage: verify.cjs [options]
  --report <file>         where the report goes (default: <name>-verification.md in the current folder)
  --region <port>         the first of 100 ports to work with (default: chosen among those that nothing uses)
  --with-netsh-block      also lets netsh exclude 20 ports for a moment, to see what the functions say of them
  --powershell <file>     a PowerShell to try, in place of those of the machine; may be repeated
  --library <file>        another library with the same functions, by its absolute path: a dry run`;

const OPTIONS = {
  report: { type: 'string' },
  region: { type: 'string' },
  'with-netsh-block': { type: 'boolean' },
  powershell: { type: 'string', multiple: true },
  library: { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function main(args: string[]): Promise<number> {
  requireNode();
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  const definition = JSON.parse(readFileSync(path.join(__dirname, 'definition.json'), 'utf8')) as Definition;
  const { library } = values;
  if (library !== undefined && !path.isAbsolute(library))
    throw new UsageError(`--library must be an absolute path, not '${library}'`);
  const [helper, ...rest] = positionals;
  if (helper === 'guard') return runGuard(definition, library);
  if (helper === 'null-pointer') return lookupWithNull(definition, library, rest);
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return EXIT.done;
  }
  if (helper !== undefined) throw new UsageError(USAGE);
  return run(definition, values);
}

interface Values {
  readonly report?: string | undefined;
  readonly region?: string | undefined;
  readonly 'with-netsh-block'?: boolean | undefined;
  readonly powershell?: string[] | undefined;
  readonly library?: string | undefined;
}

async function run(definition: Definition, values: Values): Promise<number> {
  const report = path.resolve(values.report ?? `${definition.name}-verification.md`);
  const moduleDirectory = path.dirname(__dirname);
  const helperArguments = values.library === undefined ? [] : ['--library', values.library];
  const helper = (...args: string[]) => [__filename, ...args, ...helperArguments];
  const stop = watchForStop();
  const { startGuard } = await import('../extensions/port-reservation/verification/guard.js');
  const { verifyWindows } = await import('../verification/verify-windows.js');
  const verification = await verifyWindows({
    definition,
    libraryPath: values.library,
    moduleDirectory,
    manifest: path.join(moduleDirectory, `${definition.name}.psd1`),
    region: values.region === undefined ? undefined : readRegion(values.region),
    mayUseNetsh: values['with-netsh-block'] === true,
    shells: values.powershell ?? [],
    guard: startGuard(helper('guard')),
    lookupWithNull: (fn, start, count) =>
      lookupInOtherProcess(helper('null-pointer', fn, String(start), String(count))),
    onStep: (title) => {
      stop.check();
      process.stdout.write(`  ${title}\n`);
    },
  });
  const date = new Date().toISOString().replace('T', ' ').replace(/\..*$/, ' UTC');
  writeFileSync(report, scrub(renderReport(verification, date), identity()));
  const good = isGood(verification);
  process.stdout.write(`${good ? 'Good' : 'Not good'}. The report is in ${report}\n`);
  return good ? EXIT.done : EXIT.failed;
}

/** The first Ctrl+C ends the verification at its next step, so that it cleans up and reports. */
function watchForStop(): { check(): void } {
  let signal: string | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    process.on(name, () => {
      signal = name;
    });
  }
  return {
    check: () => {
      if (signal !== undefined) throw new Error(`it was interrupted (${signal})`);
    },
  };
}

function readRegion(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_436) return port;
  throw new UsageError(`--region must be a port from 1 to 65436, not '${text}'`);
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    printError(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof UsageError ? EXIT.usage : EXIT.failed);
  },
);
