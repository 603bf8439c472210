/** Replaces 'vitest' in node.exe: vitest's own runner and expectations, without vite and the native bundler. */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { fn, spyOn } from '@vitest/spy';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFinished,
  suite,
  test,
} from '@vitest/runner';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const globals = globalThis as unknown as Record<symbol, object>;

const assertThat = (value: unknown, message?: string) => chai.expect(value, message);
Object.assign(assertThat, chai.expect, globals[ASYMMETRIC_MATCHERS_OBJECT]);

export const expect = assertThat as unknown as Chai.ExpectStatic;

setState({ assertionCalls: 0, isExpectingAssertions: false }, expect as never);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, configurable: true });
getState(expect as never);

export const vi = { fn, spyOn };
