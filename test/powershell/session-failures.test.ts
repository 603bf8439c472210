import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openPowerShell, type PowerShellSession } from '../../src/powershell/session.js';
import { engineExecutable } from '../support/powershell-module.js';

let engine = '';
let folder = '';
let session: PowerShellSession | undefined;
const leaked: unknown[] = [];
const remember = (reason: unknown) => leaked.push(reason);

beforeAll(() => {
  engine = engineExecutable();
  folder = mkdtempSync(path.join(tmpdir(), 'dllet-session-'));
  process.on('unhandledRejection', remember);
});

beforeEach(() => {
  vi.stubEnv('NODE_POWERSHELL', undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await session?.close();
  session = undefined;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(leaked).toEqual([]);
});

afterAll(() => {
  process.off('unhandledRejection', remember);
  rmSync(folder, { recursive: true, force: true });
});

describe('a PowerShell that cannot be started', () => {
  test.each(['/nowhere/pwsh', 'no-such-pwsh', './pwsh'])('%s is not found', async (executable) => {
    await expect(openPowerShell({ executable })).rejects.toMatchObject({
      id: 'PowerShellNotFound',
      message: expect.stringContaining(`'${executable}'`),
    });
  });

  test('NODE_POWERSHELL goes before the executable, also when it is wrong', async () => {
    vi.stubEnv('NODE_POWERSHELL', '/nowhere/pwsh');
    await expect(openPowerShell({ executable: engine })).rejects.toMatchObject({
      id: 'PowerShellNotFound',
      message: expect.stringContaining("NODE_POWERSHELL is '/nowhere/pwsh'"),
      data: { executable: '/nowhere/pwsh' },
    });
  });

  test('NODE_POWERSHELL is used', async () => {
    vi.stubEnv('NODE_POWERSHELL', engine);
    session = await openPowerShell({ executable: 'pwsh' });
    expect(session.executable).toBe(engine);
  });

  test('none on the PATH', async () => {
    const environment = { ...process.env, PATH: folder };
    await expect(openPowerShell({ environment })).rejects.toMatchObject({ id: 'PowerShellNotFound' });
  });

  test('a file that is no program', async () => {
    const executable = path.join(folder, 'text');
    writeFileSync(executable, 'no program');
    await expect(openPowerShell({ executable })).rejects.toMatchObject({
      id: 'PowerShellNotStarted',
      message: expect.stringContaining(executable),
    });
  });

  test('a working directory that does not exist', async () => {
    await expect(openPowerShell({ executable: engine, cwd: path.join(folder, 'none') })).rejects.toMatchObject({
      id: 'PowerShellNotStarted',
    });
  });

  test('a program that is no PowerShell', async () => {
    const executable = path.join(folder, 'other');
    writeFileSync(executable, '#!/bin/sh\necho what >&2\nexit 3\n');
    chmodSync(executable, 0o755);
    await expect(openPowerShell({ executable })).rejects.toMatchObject({
      id: 'PowerShellExited',
      message: expect.stringContaining('It wrote: what'),
      data: { executable, exitCode: 3 },
    });
  });
});

describe('a PowerShell that goes away', () => {
  test('by exit', async () => {
    session = await openPowerShell({ executable: engine });
    await expect(session.run('exit 4')).rejects.toMatchObject({ id: 'PowerShellExited', data: { exitCode: 4 } });
    await expect(session.run('1')).rejects.toMatchObject({ id: 'PowerShellExited' });
  });

  test('by exit 0, with scripts still waiting', async () => {
    const opened = await openPowerShell({ executable: engine });
    session = opened;
    const outcomes = await Promise.allSettled(['exit', '1', '2'].map((script) => opened.run(script)));
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.id)).toEqual([
      'PowerShellExited',
      'PowerShellExited',
      'PowerShellExited',
    ]);
  });

  test('killed while a script runs', async () => {
    session = await openPowerShell({ executable: engine });
    const { output } = await session.run('$PID');
    const running = session.run('[System.Threading.Thread]::Sleep(60000)');
    setTimeout(() => process.kill(Number(output[0]?.value), 'SIGKILL'), 200);
    await expect(running).rejects.toMatchObject({ id: 'PowerShellExited', data: { executable: engine } });
  });

  test('killed while it is idle', async () => {
    session = await openPowerShell({ executable: engine });
    const { output } = await session.run('$PID');
    process.kill(Number(output[0]?.value), 'SIGKILL');
    await expect(session.run('1')).rejects.toMatchObject({ id: 'PowerShellExited' });
  });
});

describe('a PowerShell that does not answer', () => {
  test('is ended when the time has passed', async () => {
    session = await openPowerShell({ executable: engine, timeoutMs: 5000 });
    const startedAt = Date.now();
    await expect(session.run('[System.Threading.Thread]::Sleep(60000)')).rejects.toMatchObject({
      id: 'PowerShellTimeout',
      message: expect.stringContaining(engine),
      data: { timeoutMs: 5000 },
    });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    await expect(session.run('1')).rejects.toMatchObject({ id: 'PowerShellExited' });
  });
});

describe('close', () => {
  test('lets PowerShell end by itself', async () => {
    const mark = path.join(folder, 'bye');
    session = await openPowerShell({ executable: engine });
    await session.run(
      `$null = $ExecutionContext.Events.SubscribeEvent($null, $null, 'PowerShell.Exiting', $null,
        { [System.IO.File]::WriteAllText('${mark}', 'x') }, $true, $false)`,
    );
    await session.close();
    expect(() => rmSync(mark)).not.toThrow();
    await expect(session.run('1')).rejects.toMatchObject({ id: 'PowerShellClosed' });
  });

  test('may be called twice', async () => {
    session = await openPowerShell({ executable: engine });
    await session.close();
    await session.close();
  });
});

test('environment and working directory are those asked for', async () => {
  session = await openPowerShell({
    executable: engine,
    cwd: folder,
    environment: { ...process.env, DLLET_X: 'y\u00fc' },
  });
  const { output } = await session.run('$PWD.Path; $env:DLLET_X');
  expect(output.map(toPlain)).toEqual([folder, 'y\u00fc']);
});
