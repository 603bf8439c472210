/** A backend that returns prepared answers and records its calls. */
import type { Backend, CallOutcome, NativeArguments } from '../../src/definition/execution.js';

export interface FakeBackend extends Backend {
  readonly calls: { readonly name: string; readonly args: NativeArguments }[];
}

type Answer = CallOutcome | ((name: string, args: NativeArguments) => CallOutcome | Promise<CallOutcome>);

export function fakeBackend(answer: Answer = { returnValue: 0, outputs: {} }): FakeBackend {
  const calls: FakeBackend['calls'] = [];
  return {
    name: 'simulated',
    calls,
    call: (fn, args) => {
      calls.push({ name: fn.name, args });
      return typeof answer === 'function' ? answer(fn.name, args) : answer;
    },
    describeWin32: (code) => (code === 1234 ? 'The system says so.' : undefined),
  };
}
