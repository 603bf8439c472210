/** The diagnosis of Windows itself: the system's library with its version, rights, policies. */
import { expect, test } from 'vitest';
import { MODULE } from '../support/powershell-module.js';
import { useModule } from './powershell/module-bench.js';

const bench = useModule();

test('the real library, its version, each export that is missing, rights and policies', async () => {
  await bench.import();
  const rows = (await bench.output(
    `Get-${MODULE}Diagnostic | ForEach-Object { , @($_.Check, $_.Status, $_.Found) }`,
  )) as [string, string, string][];
  const one = (check: string) => rows.filter(([name]) => name === check).map(([, status, found]) => [status, found]);
  expect(one('platform')).toEqual([['Good', 'win32 x64']]);
  // Wine's Iphlpapi.dll has a version of Windows.
  expect(one('library')).toEqual([
    ['Good', expect.stringMatching(/^C:\\windows\\system32\\Iphlpapi\.dll, version \d+\.\d+\.\d+\.\d+$/)],
  ]);
  const names = Object.keys(bench.definition.functions);
  expect(one('export')).toEqual(
    names.map((name) => ['Bad', expect.stringContaining(`does not export the function ${name}`)]),
  );
  expect(one('elevation')).toEqual([['Good', 'elevated']]);
  expect(one('Smart App Control')).toEqual([['Good', 'not a part of this Windows']]);
  expect(one('script policy')).toHaveLength(1);
  expect(one('koffi')).toEqual([['Good', expect.stringContaining('koffi-win32-x64')]]);
});

// Smart App Control may be the reason why the program does not run.
test('rights and policies are told without a program as well', async () => {
  await bench.import({ NodePath: `${bench.directory}/none/node.exe` });
  const rows = (await bench.output(
    `Get-${MODULE}Diagnostic | ForEach-Object { , @($_.Check, $_.Status, $_.Found) }`,
  )) as [string, string, string][];
  expect(rows).toContainEqual(['program', 'Bad', expect.any(String)]);
  expect(rows).toContainEqual(['elevation', 'Good', 'elevated']);
  expect(rows).toContainEqual(['Smart App Control', 'Good', 'not a part of this Windows']);
});
