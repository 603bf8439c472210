/** The files through which a test and its fault bridge communicate. They are beside the bridge's script. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The planned fault, which happens once. */
export interface Plan {
  /** The name of a fault. */
  readonly fault: string;
  /** The call with which it happens: 1 is the next one. */
  readonly at: number;
  /** 0 to 1, for the details of the fault: where a reply is truncated, how long something takes. */
  readonly chance: number;
}

/** A function that the backend has executed: `create`, `delete` or `lookup` of a block, and its return code. */
export interface Deed {
  readonly name: string;
  readonly startPort: number;
  readonly code: number;
}

/** `directory` is the directory of the bridge's script. */
export class Control {
  readonly #plan: string;
  readonly #deeds: string;
  readonly #starts: string;

  constructor(directory: string) {
    this.#plan = path.join(directory, 'plan.json');
    this.#deeds = path.join(directory, 'deeds.txt');
    this.#starts = path.join(directory, 'starts.txt');
  }

  plan(plan: Plan): void {
    writeFileSync(this.#plan, JSON.stringify(plan));
  }

  /** True if the planned fault has not happened. */
  get isPlanned(): boolean {
    return existsSync(this.#plan);
  }

  /** Returns the plan if it is due. Called once for each call; a plan is returned only once. */
  take(isWanted: (plan: Plan) => boolean): Plan | undefined {
    if (!this.isPlanned) return undefined;
    const plan: Plan = JSON.parse(readFileSync(this.#plan, 'utf8'));
    if (!isWanted(plan)) return undefined;
    if (plan.at > 1) {
      this.plan({ ...plan, at: plan.at - 1 });
      return undefined;
    }
    rmSync(this.#plan);
    return plan;
  }

  addStart(pid: number): void {
    appendFileSync(this.#starts, `${pid}\n`);
  }

  /** The process id of the latest bridge. */
  get latest(): number | undefined {
    return existsSync(this.#starts) ? linesOf(this.#starts).map(Number).at(-1) : undefined;
  }

  addDeed({ name, startPort, code }: Deed): void {
    appendFileSync(this.#deeds, `${name} ${startPort} ${code}\n`);
  }

  get deeds(): Deed[] {
    if (!existsSync(this.#deeds)) return [];
    return linesOf(this.#deeds).map((line) => {
      const [name = '', startPort, code] = line.split(' ');
      return { name, startPort: Number(startPort), code: Number(code) };
    });
  }
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}
