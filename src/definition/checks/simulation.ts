/** Checks of the replies that simulate functions. */
import { TypeResolutionError } from '../../kinds/index.js';
import { resolveFunction } from '../../model/model.js';
import type { FunctionModel } from '../../model/types.js';
import { prepareReply } from '../../simulation/reply.js';
import { suggestion } from '../near-names.js';
import { own } from '../own.js';
import { pointerTo } from '../source-text.js';
import type { DefinitionSource } from '../types.js';
import type { Report } from './report.js';

export function checkSimulation(source: DefinitionSource, report: Report): void {
  for (const [name, replies] of Object.entries(source.simulation ?? {})) {
    const place = pointerTo('simulation', name);
    const fn = own(source.functions, name);
    if (!fn) {
      report(place, `there is no function '${name}'; ${suggestion(name, Object.keys(source.functions))}`);
      continue;
    }
    if (fn.simulation)
      report(place, `the model '${fn.simulation.model}' already simulates '${name}', so it cannot have replies`);
    const model = resolved(source, name);
    if (!model) continue;
    replies.forEach((reply, index) => {
      prepareReply(model, reply, (at, message) => report(place + pointerTo(index, ...at), message));
      const isLast = index === replies.length - 1;
      const isLimited = reply.times !== undefined || reply.finds !== undefined || reply.forgets !== undefined;
      if (!isLast && !isLimited && Object.keys(reply.given ?? {}).length === 0)
        report(
          place + pointerTo(index),
          "this reply answers every call, so the replies after it are never used: add 'given' or 'times'",
        );
    });
  }
}

/** Returns the function with its shapes; undefined if a type does not resolve, which other checks report. */
function resolved(source: DefinitionSource, name: string): FunctionModel | undefined {
  const fn = source.functions[name];
  try {
    return fn && resolveFunction({ ...fn, name, terms: {} }, { ...source, types: source.types ?? {} });
  } catch (error) {
    if (!(error instanceof TypeResolutionError)) throw error;
    return undefined;
  }
}
