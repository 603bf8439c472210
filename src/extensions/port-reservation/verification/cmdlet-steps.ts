/** The steps that try the module's cmdlets with a block, in each PowerShell. */
import type { Definition } from '../../../definition/types.js';
import { expectId, step } from '../../../verification/cmdlet-script.js';
import { type Block, type Pool, poolsOf } from '../functions.js';

/** The steps reserve the block, which must be free, and delete it again. Without elevation they do not change it. */
export function cmdletSteps(definition: Definition, elevated: boolean, block: Block): string[] {
  return poolsOf(definition).flatMap((pool) =>
    elevated ? elevatedSteps(definition, pool, block) : ordinarySteps(definition, pool, block),
  );
}

interface PoolCmdlets {
  readonly create: string;
  readonly remove: string;
  readonly get: string;
  readonly test: string;
}

function elevatedSteps(definition: Definition, pool: Pool, block: Block): string[] {
  const { create, remove, get, test } = cmdletsOf(definition, pool);
  const at = `${block.start} ${block.count}`;
  return [
    step(
      `${create} reserves the block`,
      `$script:made = ${create} ${at} -Confirm:$false; ($made.StartPort -eq ${block.start} -and $made.NumberOfPorts -eq ${block.count} -and $made.Token -is [uint64] -and $made.Token -ne 0)`,
    ),
    step(`${get} gives the same token`, `((${get} ${at}).Token -eq $made.Token)`),
    step(`${test} is true`, `${test} ${at}`),
    step(`${create} once more: PortRangeInUse`, expectId(`${create} ${at} -Confirm:$false`, 'PortRangeInUse')),
    step(
      `${get} of a part: ReservationNotFound`,
      expectId(`${get} ${block.start} ${block.count - 1}`, 'ReservationNotFound'),
    ),
    step(`${remove} removes it`, `${remove} ${at} -Force -Confirm:$false; -not (${test} ${at})`),
    step(
      `${remove} once more: ReservationNotFound`,
      expectId(`${remove} ${at} -Force -Confirm:$false`, 'ReservationNotFound'),
    ),
  ];
}

function ordinarySteps(definition: Definition, pool: Pool, block: Block): string[] {
  const { create, get, test } = cmdletsOf(definition, pool);
  const at = `${block.start} ${block.count}`;
  return [
    step(`${get}: ReservationNotFound`, expectId(`${get} ${at}`, 'ReservationNotFound')),
    step(`${test} is false`, `-not (${test} ${at})`),
    step(`${create} without elevation: AccessDenied`, expectId(`${create} ${at} -Confirm:$false`, 'AccessDenied')),
  ];
}

/** Finds the cmdlets of a pool by function and verb. Throws if the definition lacks one. */
function cmdletsOf(definition: Definition, { functions }: Pool): PoolCmdlets {
  const find = (fn: string, verb: string): string => {
    const found = definition.cmdlets.find((cmdlet) => cmdlet.function === fn && cmdlet.name.startsWith(`${verb}-`));
    if (!found) throw new Error(`the definition has no cmdlet ${verb}-... over ${fn}`);
    return found.name;
  };
  return {
    create: find(functions.create.name, 'New'),
    remove: find(functions.delete.name, 'Remove'),
    get: find(functions.lookup.name, 'Get'),
    test: find(functions.lookup.name, 'Test'),
  };
}
