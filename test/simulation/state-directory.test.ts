import { describe, expect, it } from 'vitest';
import { defaultStateFile } from '../../src/simulation/state-directory.js';

describe('the state file of a user', () => {
  const rows: readonly [string, Record<string, string | undefined>, string, string][] = [
    ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\ann', 'D:\\Local\\dllet\\simulation.json'],
    ['win32', {}, 'C:\\Users\\ann', 'C:\\Users\\ann\\AppData\\Local\\dllet\\simulation.json'],
    ['win32', { LOCALAPPDATA: '' }, 'C:\\Users\\ann', 'C:\\Users\\ann\\AppData\\Local\\dllet\\simulation.json'],
    ['win32', { LOCALAPPDATA: 'Local' }, 'C:\\Users\\ann', 'C:\\Users\\ann\\AppData\\Local\\dllet\\simulation.json'],
    ['win32', { XDG_STATE_HOME: '/x' }, 'C:\\Users\\ann', 'C:\\Users\\ann\\AppData\\Local\\dllet\\simulation.json'],
    ['darwin', {}, '/Users/ann', '/Users/ann/Library/Application Support/dllet/simulation.json'],
    [
      'darwin',
      { XDG_STATE_HOME: '/x', LOCALAPPDATA: '/y' },
      '/Users/ann',
      '/Users/ann/Library/Application Support/dllet/simulation.json',
    ],
    ['linux', {}, '/home/ann', '/home/ann/.local/state/dllet/simulation.json'],
    ['linux', { XDG_STATE_HOME: '/var/state/' }, '/home/ann', '/var/state/dllet/simulation.json'],
    ['linux', { XDG_STATE_HOME: '' }, '/home/ann', '/home/ann/.local/state/dllet/simulation.json'],
    ['linux', { XDG_STATE_HOME: 'state' }, '/home/ann', '/home/ann/.local/state/dllet/simulation.json'],
    ['linux', { XDG_STATE_HOME: '~/state' }, '/home/ann', '/home/ann/.local/state/dllet/simulation.json'],
    ['freebsd', { XDG_STATE_HOME: '/s' }, '/home/ann', '/s/dllet/simulation.json'],
  ];

  it.each(rows)('%s with %j, home %s: %s', (platform, environment, home, expected) => {
    expect(defaultStateFile(environment, platform, home)).toBe(expected);
  });
});
