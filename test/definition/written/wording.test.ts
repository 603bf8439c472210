/** Descriptions of cmdlets, made from their names. */
import { expect, it } from 'vitest';
import { actionOf, synopsisOf } from '../../../src/definition/written/wording.js';

it.each([
  ['Get-HostName', 'Gets the host name'],
  ['Copy-File', 'Copies the file'],
  ['Push-DNSRecord2', 'Pushes the DNS record2'],
  ['New-Key', 'Makes a new key'],
  ['ConvertTo-Utf8Text', 'Converts to the utf8 text'],
  ['Backup-KeyHKLM', 'Backs up the key HKLM'],
  ['Invoke-CryptHash', 'Runs crypt hash'],
  ['Redo-X', 'Redoes the x'],
  ['Wait-Job2', 'Waits for the job2'],
])('%s: %s', (name, words) => {
  expect(actionOf(name)).toBe(words);
});

it('says what is called and what is returned', () => {
  const worded = { cmdlet: 'Get-HostName', called: 'gethostname', library: 'libc.so.6', inputs: [], outputs: ['name'] };
  expect(synopsisOf(worded)).toBe('Gets the host name: calls gethostname of libc.so.6 and returns name.');
  expect(synopsisOf({ ...worded, outputs: [] })).toBe('Gets the host name: calls gethostname of libc.so.6.');
});
