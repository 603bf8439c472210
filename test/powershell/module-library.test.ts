/** LibraryPath: a library that is missing, is none, or lacks a function. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildStandInWithoutOneExport, copyStandIn } from '../standin/build.js';
import { useModule } from '../support/powershell-module.js';

const bench = useModule();
const GET = 'Get-PersistentTcpPortReservationToken';

test('no such file', async () => {
  const library = path.join(bench.directory, 'missing.so');
  await bench.import({ LibraryPath: library });
  const { errors } = await bench.run(`${GET} 5000 20`);
  expect(errors).toMatchObject([
    {
      fullyQualifiedErrorId: `LibraryNotFound,${GET}`,
      category: 'ObjectNotFound',
      message: expect.stringContaining(library),
      exceptionData: { path: { value: library } },
      terminating: false,
    },
  ]);
});

test('a file that is no library', async () => {
  const library = path.join(bench.directory, 'text.so');
  writeFileSync(library, 'not a library\n');
  await bench.import({ LibraryPath: library });
  expect(await bench.failure(`${GET} 5000 20`)).toMatchObject({
    fullyQualifiedErrorId: `LibraryNotFound,${GET}`,
    category: 'InvalidData',
    message: expect.stringContaining(library),
    recommendedAction: expect.stringContaining(process.arch),
  });
});

test('a library without one function: the others work', async () => {
  const library = copyStandIn(path.join(bench.directory, 'incomplete'), { state: '' }, buildStandInWithoutOneExport());
  await bench.import({ LibraryPath: library });
  expect(await bench.output('(New-PersistentTcpPortReservation 5000 20).EndPort')).toEqual(['5019']);
  const error = await bench.failure(`${GET} 5000 20`);
  expect(error).toMatchObject({ fullyQualifiedErrorId: `FunctionNotFound,${GET}`, category: 'ObjectNotFound' });
  expect(error.message).toContain(library);
  expect(error.message).toContain('LookupPersistentTcpPortReservation');
  expect(await bench.failure('Test-PersistentTcpPortReservation 5000 20')).toMatchObject({
    fullyQualifiedErrorId: 'FunctionNotFound,Test-PersistentTcpPortReservation',
  });
  expect(await bench.output('Test-PersistentUdpPortReservation 5000 20')).toEqual(['False']);
});

test('each record of a pipeline has the error as its own', async () => {
  await bench.import({ LibraryPath: path.join(bench.directory, 'missing.so') });
  const blocks = '1..3 | ForEach-Object { [pscustomobject]@{ StartPort = $_; NumberOfPorts = 1 } }';
  const { errors } = await bench.run(`${blocks} | ${GET}`);
  const port = (value: string) => ({ targetObject: { value: { properties: { StartPort: { value } } } } });
  expect(errors).toMatchObject([port('1'), port('2'), port('3')]);
});
