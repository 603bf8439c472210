/** An engine whose module runs on the fault bridge, and the expected state after its commands. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  parseState,
  type SimulationState,
  serializeState,
} from '../../../src/extensions/port-reservation/simulation/state-format.js';
import { type PowerShellResult, toPlain } from '../../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../constrained.js';
import { MODULE, ModuleBench } from '../powershell-module.js';
import { Control } from './plan.js';
import { type Round, SIZE } from './rounds.js';

/** A block that always exists, for calls that only have to succeed. */
const ANCHOR = { port: 5000, token: 18_446_744_073_709_551_557n };

/** A timeout in seconds that no call reaches, however busy the machine is. */
const PATIENT = 60;

/** The seconds in which a bridge has started, even on a busy machine. */
const START = 8;

export class Victim {
  readonly bench = new ModuleBench();
  #control = new Control('');
  #state = '';
  #spare = 60_000;
  #isConstrained = false;
  /** The expected reservations, by first port. */
  readonly #expected = new Set<number>();
  /** The number of creates of each block that were requested and executed. */
  readonly #created = new Map<number, number>();

  /** `rounds` are the planned rounds: the blocks that they look up or remove exist from the start. */
  async open(bridge: string, rounds: readonly Round[], language: 'full' | 'constrained'): Promise<void> {
    await this.bench.open();
    this.#isConstrained = language === 'constrained';
    if (this.#isConstrained) await openConstrained(this.bench);
    const script = this.bench.script('bridge', bridge, process.execPath);
    this.#control = new Control(path.dirname(script));
    this.#state = path.join(this.bench.directory, 'state.json');
    const present = rounds.filter((round) => round.verb !== 'New');
    writeFileSync(this.#state, serializeState(stateOf(present)));
    for (const port of present.flatMap((round) => round.ports)) this.#expected.add(port);
    const options = { Backend: 'Simulated', StatePath: this.#state, NodePath: script, TimeoutSeconds: PATIENT };
    await this.#output(this.bench.importLine(options));
    await this.#run('$null = Test-PersistentUdpPortReservation 1 1');
    // The faults are counted by requests and planned for changes, so the warnings before a change are turned off.
    for (const verb of ['New', 'Remove'])
      await this.#output(`$global:PSDefaultParameterValues['${verb}-Persistent*:WarningAction'] = 'SilentlyContinue'`);
  }

  /** Causes one fault during one command. Throws if the result is not the expected one. */
  async suffer(round: Round): Promise<void> {
    const { fault, ports, at } = round;
    if (fault.greets || !fault.inject) await this.#killBridge(!fault.inject);
    // A program that hangs in the handshake must have started by then.
    if (fault.id === 'BridgeTimeout') await this.#setTimeout(fault.greets ? START : 1);
    if (fault.inject) this.#control.plan({ fault: round.name, at: fault.greets ? 1 : at, chance: round.chance });

    const pid = this.#control.latest;
    const { output, errors, warnings } = await this.#run(commandOf(round));
    const isVisible = fault.id !== undefined && !(fault.isSometime && errors.length === 0);
    const answered = !isVisible ? ports.length : fault.greets ? 0 : fault.isSometime ? output.length : at - 1;
    const done = answered + (isVisible && fault.isDone ? 1 : 0);
    const ids = errors.map((error) => error.fullyQualifiedErrorId);
    expect({ ids, warnings }, errors.map((error) => error.message).join('; ')).toEqual({
      ids: isVisible ? [`${fault.id},${cmdletOf(round)}`] : [],
      warnings: [],
    });
    expect(output.map((one) => one.value)).toEqual(ports.slice(0, answered).flatMap((port) => outputOf(round, port)));
    if (fault.words) expect(errors[0]?.message).toMatch(fault.words);
    expect(errors[0]?.message.length ?? 0).toBeLessThan(4000);
    expect(this.#control.isPlanned, 'the fault has not happened').toBe(false);
    ports.slice(0, done).forEach((port) => void this.#change(round.verb, port));

    if (fault.id === 'BridgeTimeout') await this.#setTimeout(PATIENT);
    if (fault.ends) await this.#waitForEnd(pid);
    if (fault.deafens) await this.#createOnce();
    await this.#callAfterwards(round);
  }

  #change(verb: Round['verb'], port: number): void {
    if (verb === 'Remove') this.#expected.delete(port);
    if (verb !== 'New') return;
    this.#expected.add(port);
    this.#created.set(port, (this.#created.get(port) ?? 0) + 1);
  }

  /** Returns the output of a script of the session, and the error that ended it. */
  #run(script: string): Promise<PowerShellResult> {
    return this.#isConstrained ? runConstrained(this.bench, `try { ${script} } catch { $_ }`) : this.bench.run(script);
  }

  /** Returns the same for a script that must not write to any other stream. */
  async #output(script: string): Promise<unknown[]> {
    const { output, errors, warnings } = await this.#run(script);
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
    return output.map(toPlain);
  }

  /** Another import would do the same, but would end the bridge, and a new one may need longer to start. */
  async #setTimeout(seconds: number): Promise<void> {
    const find = this.#isConstrained
      ? `$constrained.Commands.Clear(); $own = $constrained.AddCommand('Get-Module').AddParameter('Name', '${MODULE}').Invoke()[0]`
      : `$own = Get-Module ${MODULE}`;
    await this.bench.output(`${find}
      $module = $own.SessionState.PSVariable.GetValue('Module')
      $flags = [System.Reflection.BindingFlags] 'NonPublic, Instance'
      $exchange = $module.GetType().GetProperty('Exchange', $flags).GetValue($module)
      $exchange.GetType().GetProperty('TimeoutSeconds', $flags).SetValue($exchange, ${seconds})`);
  }

  /** Checks that the next command works and shows the actual state of the blocks, and that the one after it works. */
  async #callAfterwards(round: Round): Promise<void> {
    const { ports, pool, verb, repeats } = round;
    const input = blocksOf(ports);
    const repeated = verb === 'New' && repeats;
    const [command, expected] = repeated
      ? [`(${input} | New-Persistent${nameOf(pool)}PortReservation -PassThruExisting).StartPort`, ports]
      : [
          `(${input} | Test-Persistent${nameOf(pool)}PortReservation)`,
          ports.map((port) => (this.#expected.has(port) ? 'True' : 'False')),
        ];
    expect(await this.#output(`${command} -join ' '; ${ANCHOR_CALL}`)).toEqual([
      expected.join(' '),
      String(ANCHOR.token),
    ]);
    if (repeated) for (const port of ports) if (!this.#expected.has(port)) this.#change('New', port);
  }

  async #expectAnchor(): Promise<void> {
    expect(await this.#output(ANCHOR_CALL)).toEqual([String(ANCHOR.token)]);
  }

  /** Reserves a block that nobody else uses. */
  async #createOnce(): Promise<void> {
    this.#spare += SIZE;
    const command = `(New-PersistentTcpPortReservation ${this.#spare} ${SIZE}).StartPort`;
    expect(await this.#output(command)).toEqual([String(this.#spare)]);
    this.#change('New', this.#spare);
  }

  async #killBridge(mustLive: boolean): Promise<void> {
    if (mustLive) await this.#expectAnchor();
    const pid = this.#control.latest;
    if (pid === undefined || !exists(pid)) return;
    process.kill(pid, 'SIGKILL');
    await this.#waitForEnd(pid);
  }

  /** Waits until its parent has read its exit status as well, and so knows that it ended. */
  async #waitForEnd(pid = 0): Promise<void> {
    const end = Date.now() + 1000 * 20;
    while (exists(pid)) {
      if (Date.now() > end) throw new Error(`process ${pid} has not ended: ${stateOfProcess(pid)}`);
      await delay(2);
    }
  }

  /** Checks that the reservations are those of the executed commands, each created once. */
  expectState(): void {
    const parsed = parseState(readFileSync(this.#state, 'utf8'));
    if (parsed.kind !== 'valid') throw new Error(parsed.reason);
    const reserved = parsed.state.reservations.map((one) => one.startPort).filter((port) => port !== ANCHOR.port);
    expect(reserved.sort((a, b) => a - b)).toEqual([...this.#expected].sort((a, b) => a - b));
    const created = new Map<number, number>();
    for (const { name, startPort, code } of this.#control.deeds) {
      if (name === 'create' && code === 0) created.set(startPort, (created.get(startPort) ?? 0) + 1);
    }
    expect(created).toEqual(this.#created);
    expect([...created.values()].filter((times) => times !== 1)).toEqual([]);
  }
}

const ANCHOR_CALL = `(Get-PersistentUdpPortReservationToken ${ANCHOR.port} 1).Token`;

function stateOf(rounds: readonly Round[]): SimulationState {
  const anchor = { pool: 'udp' as const, startPort: ANCHOR.port, numberOfPorts: 1, token: ANCHOR.token };
  const others = rounds.flatMap(({ pool, ports }) =>
    ports.map((startPort) => ({ pool, startPort, numberOfPorts: SIZE, token: tokenOf(startPort) })),
  );
  return { restarts: 0, reservations: [anchor, ...others] };
}

/** Returns unique tokens, greater than any number that JSON can hold exactly. */
function tokenOf(port: number): bigint {
  return (1n << 62n) + BigInt(port) * 1_000_003n;
}

function stateOfProcess(pid: number): string {
  return spawnSync('ps', ['-o', 'stat=,args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function nameOf(pool: Round['pool']): string {
  return pool === 'udp' ? 'Udp' : 'Tcp';
}

function cmdletOf({ verb, pool }: Round): string {
  return `${verb}-Persistent${nameOf(pool)}PortReservation${verb === 'Get' ? 'Token' : ''}`;
}

/** Returns a pipeline for several blocks, or a scalar call for one. The output of the cmdlet is text. */
function commandOf(round: Round): string {
  const force = round.verb === 'Remove' ? ' -Force' : '';
  const value = { Get: '[string]$_.Token', New: '[string]$_.StartPort', Test: '[string]$_', Remove: '$_' }[round.verb];
  const [only, ...others] = round.ports;
  const call =
    others.length === 0
      ? `${cmdletOf(round)} ${only} ${SIZE}${force}`
      : `${blocksOf(round.ports)} | ${cmdletOf(round)}${force}`;
  return `${call} | ForEach-Object { ${value} }`;
}

/** Constrained language has no [pscustomobject]. */
function blocksOf(ports: readonly number[]): string {
  const property = (name: string, value: string) => `@{ Name = '${name}'; Expression = { ${value} } }`;
  return `${ports.join(',')} | Select-Object ${property('StartPort', '$_')}, ${property('NumberOfPorts', String(SIZE))}`;
}

function outputOf({ verb }: Round, port: number): string[] {
  if (verb === 'Remove') return [];
  return [verb === 'Get' ? String(tokenOf(port)) : verb === 'New' ? String(port) : 'True'];
}
