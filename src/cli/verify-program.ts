/**
 * The program in a module that verifies it on a real Windows (`bin/verify.cjs`) and writes one report file. With the
 * name of a helper as argument, it runs that part of a verification in a separate process.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { own } from '../definition/own.js';
import type { Definition } from '../definition/types.js';
import { VERIFICATION_PARTS } from '../extensions/in-verification.js';
import { identity } from '../verification/machine.js';
import { renderReport } from '../verification/report.js';
import { scrub } from '../verification/scrub.js';
import { isGood } from '../verification/types.js';
import type { VerificationPart } from '../verification/verification-part.js';
import { parseOptions } from './options.js';
import { printError } from './output.js';
import { requireNode } from './require-node.js';
import { EXIT, UsageError } from './usage.js';

const OPTIONS = {
  report: { type: 'string' },
  powershell: { type: 'string', multiple: true },
  library: { type: 'string' },
  help: { type: 'boolean' },
} as const;

function usageText(part: VerificationPart | undefined): string {
  const lines = [
    '--report <file>         file for the report (default: <name>-verification.md in the current directory)',
    ...(part?.usage ?? []),
    '--powershell <file>     a PowerShell to test instead of the installed ones; can be repeated',
    '--library <file>        absolute path of another library with the same functions, for a dry run',
  ];
  return ['usage: verify.cjs [options]', ...lines.map((line) => `  ${line}`)].join('\n');
}

async function main(args: string[]): Promise<number> {
  requireNode();
  const definition = JSON.parse(readFileSync(path.join(__dirname, 'definition.json'), 'utf8')) as Definition;
  const part = VERIFICATION_PARTS.find(({ name }) => name === definition.extension);
  const options = { ...part?.options, ...OPTIONS };
  const { values, positionals } = parseOptions(args, options);
  const { library } = values;
  if (library !== undefined && !path.isAbsolute(library))
    throw new UsageError(`--library must be an absolute path, not '${library}'`);
  const [name, ...rest] = positionals;
  const helper = own(part?.helpers ?? {}, name ?? '');
  if (helper) return helper({ definition, library, args: rest });
  if (values.help) {
    process.stdout.write(`${usageText(part)}\n`);
    return EXIT.done;
  }
  if (name !== undefined) throw new UsageError(usageText(part));
  part?.checkOptions(values);
  return run(definition, part, values);
}

interface Values {
  readonly report?: string | undefined;
  readonly powershell?: string[] | undefined;
  readonly library?: string | undefined;
}

async function run(definition: Definition, part: VerificationPart | undefined, values: Values): Promise<number> {
  const report = path.resolve(values.report ?? `${definition.name}-verification.md`);
  const moduleDirectory = path.dirname(__dirname);
  const helperArguments = values.library === undefined ? [] : ['--library', values.library];
  const stop = watchForStop();
  const { verifyModule } = await import('../verification/verify-module.js');
  const verification = await verifyModule({
    definition,
    libraryPath: values.library,
    moduleDirectory,
    manifest: path.join(moduleDirectory, `${definition.name}.psd1`),
    shells: values.powershell ?? [],
    part,
    options: { ...values },
    helper: (name, ...args) => [__filename, name, ...args, ...helperArguments],
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

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    printError(error instanceof Error ? error.message : String(error));
    process.exit(error instanceof UsageError ? EXIT.usage : EXIT.failed);
  },
);
