import { expect, test } from 'vitest';
import { findPowerShell } from '../../src/powershell/find.js';

const SYSTEM = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

interface Case {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly files: readonly string[];
  readonly found: string | undefined;
}

const cases: readonly [string, Case][] = [
  [
    'the first on the PATH',
    { platform: 'linux', environment: { PATH: '/a:/b:/c' }, files: ['/b/pwsh', '/c/pwsh'], found: '/b/pwsh' },
  ],
  ['none', { platform: 'linux', environment: { PATH: '/a' }, files: [], found: undefined }],
  ['no PATH', { platform: 'linux', environment: {}, files: ['/a/pwsh'], found: undefined }],
  [
    'never from the current directory',
    { platform: 'linux', environment: { PATH: ':.:bin' }, files: ['pwsh', './pwsh', 'bin/pwsh'], found: undefined },
  ],
  [
    'the absolute path in NODE_POWERSHELL',
    {
      platform: 'linux',
      environment: { PATH: '/b', NODE_POWERSHELL: '/own/pwsh' },
      files: ['/b/pwsh', '/own/pwsh'],
      found: '/own/pwsh',
    },
  ],
  [
    'no bare name in NODE_POWERSHELL, which the system would search in its own way',
    {
      platform: 'linux',
      environment: { PATH: '/b', NODE_POWERSHELL: 'pwsh-preview' },
      files: ['/b/pwsh-preview', '/b/pwsh'],
      found: undefined,
    },
  ],
  [
    'no second choice when NODE_POWERSHELL is wrong',
    { platform: 'linux', environment: { PATH: '/b', NODE_POWERSHELL: '/no' }, files: ['/b/pwsh'], found: undefined },
  ],
  [
    'no relative NODE_POWERSHELL',
    {
      platform: 'linux',
      environment: { PATH: '/b', NODE_POWERSHELL: 'x/pwsh' },
      files: ['x/pwsh', '/b/x/pwsh'],
      found: undefined,
    },
  ],
  [
    'PowerShell 7 before Windows PowerShell',
    {
      platform: 'win32',
      environment: { Path: 'C:\\W;C:\\P' },
      files: ['C:\\W\\powershell.exe', 'C:\\P\\pwsh.exe'],
      found: 'C:\\P\\pwsh.exe',
    },
  ],
  [
    'Windows PowerShell on the PATH',
    {
      platform: 'win32',
      environment: { PATH: 'C:\\W' },
      files: ['C:\\W\\powershell.exe'],
      found: 'C:\\W\\powershell.exe',
    },
  ],
  [
    "Windows PowerShell in the system's folder",
    { platform: 'win32', environment: { PATH: '', SYSTEMROOT: 'C:\\Windows' }, files: [SYSTEM], found: SYSTEM },
  ],
  [
    'NODE_POWERSHELL on Windows, whatever its case in a copied environment',
    {
      platform: 'win32',
      environment: { PATH: 'C:\\P', Node_PowerShell: 'C:\\Q\\pwsh.exe' },
      files: ['C:\\P\\pwsh.exe', 'C:\\Q\\pwsh.exe'],
      found: 'C:\\Q\\pwsh.exe',
    },
  ],
];

test.each(cases)('%s', (_name, { platform, environment, files, found }) => {
  expect(findPowerShell(environment, platform, (file) => files.includes(file))).toBe(found);
});
