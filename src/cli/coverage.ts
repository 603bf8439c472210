/** `dllet coverage <metadata>`: how much of it can be imported, and why the rest cannot. */
import type { CommandModule } from 'yargs';
import { counted } from '../definition/shown.js';
import { type Coverage, coverageOf } from '../import/coverage.js';
import { openMetadata } from '../import/metadata-source.js';
import { FILE } from './option-values.js';
import { print } from './output.js';
import { withProgress } from './progress.js';
import { tableLines } from './table.js';

interface CoverageOptions {
  metadata: string;
  json: boolean;
}

export const coverageCommand: CommandModule<object, CoverageOptions> = {
  command: 'coverage <metadata>',
  describe: 'Count the functions of Win32 metadata that can be imported, and show why the others cannot',
  builder: (yargs) =>
    yargs
      .positional('metadata', {
        ...FILE,
        demandOption: true,
        describe: 'A .winmd file, a .nupkg that contains one, or a file or directory of win32json',
      })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON, with the names of the functions' })
      .example('dllet coverage Windows.Win32.winmd', ''),
  handler: async ({ metadata, json }) => {
    const source = openMetadata(metadata);
    try {
      const coverage = await withProgress((progress) => coverageOf(source, progress));
      print(json ? JSON.stringify(coverage, null, 2) : report(coverage));
    } finally {
      source.close();
    }
  },
};

function report({ functions, expressible, com, namespaces, reasons }: Coverage): string {
  const others = functions - expressible;
  const why = reasons.map((one) => ({ Functions: one.functions.length, Reason: one.reason }));
  return [
    ...tableLines(
      namespaces.map((one) => ({
        Namespace: one.namespace,
        Functions: one.functions,
        Expressible: one.expressible,
        COM: one.com,
        Percent: Number(percent(one.expressible, one.functions - one.com)),
      })),
    ),
    '',
    `${expressible} of ${counted(functions, 'function')}, ${percent(expressible, functions - com)} % of the functions without COM`,
    ...(others > 0 ? ['', `The other ${others}, each with its first reason:`, ...tableLines(why)] : []),
  ].join('\n');
}

const percent = (part: number, whole: number) => ((100 * part) / Math.max(1, whole)).toFixed(1);
