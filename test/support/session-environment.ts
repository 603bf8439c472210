/**
 * Environment variables that change how Node.js, its libraries or the system's loader work, and variables whose effect
 * can be detected.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Each has a value that a child survives. None of them may reach the program of a module. */
export const HAZARDS: Readonly<Record<string, string>> = {
  NODE_OPTIONS: '--no-deprecation',
  NODE_PATH: '/nowhere',
  NODE_REPL_EXTERNAL_MODULE: '/nowhere/repl.js',
  NODE_REPL_HISTORY: '/nowhere/history',
  NODE_EXTRA_CA_CERTS: '/nowhere/extra.pem',
  NODE_TLS_REJECT_UNAUTHORIZED: '0',
  NODE_USE_ENV_PROXY: '1',
  NODE_USE_SYSTEM_CA: '1',
  NODE_COMPILE_CACHE: '/nowhere/cache',
  NODE_DISABLE_COMPILE_CACHE: '1',
  NODE_V8_COVERAGE: '/nowhere/coverage',
  NODE_REDIRECT_WARNINGS: '/nowhere/warnings',
  NODE_NO_WARNINGS: '1',
  NODE_DEBUG: 'fs,module',
  NODE_DEBUG_NATIVE: 'none',
  NODE_PENDING_DEPRECATION: '1',
  NODE_PENDING_PIPE_INSTANCES: '9',
  NODE_PRESERVE_SYMLINKS: '1',
  NODE_ICU_DATA: '/nowhere/icu',
  NODE_CHANNEL_FD: '99',
  NODE_UNIQUE_ID: '1',
  NODE_SKIP_PLATFORM_CHECK: '1',
  UV_THREADPOOL_SIZE: '1',
  UV_USE_IO_URING: '1',
  V8_FLAGS: '--none',
  ICU_DATA: '/nowhere/icu',
  OPENSSL_CONF: '/nowhere/openssl.cnf',
  OPENSSL_MODULES: '/nowhere/modules',
  OPENSSL_ENGINES: '/nowhere/engines',
  SSL_CERT_FILE: '/nowhere/cert.pem',
  SSL_CERT_DIR: '/nowhere/certs',
  SSLKEYLOGFILE: '/nowhere/keys',
  npm_config_node_options: '--no-deprecation',
  npm_config_script_shell: '/nowhere/sh',
  npm_lifecycle_event: 'test',
  NPM_CONFIG_PREFIX: '/nowhere',
  DYLD_INSERT_LIBRARIES: '/nowhere/evil.dylib',
  DYLD_LIBRARY_PATH: '/nowhere',
  LD_PRELOAD: '/nowhere/evil.so',
  LD_LIBRARY_PATH: '/nowhere',
  LD_AUDIT: '/nowhere/audit.so',
  GLIBC_TUNABLES: 'glibc.malloc.check=0',
  GCONV_PATH: '/nowhere',
  MALLOC_ARENA_MAX: '1',
  __COMPAT_LAYER: 'RunAsInvoker',
};

/** A variable that affects a node process, and how to detect it. */
export interface Trick {
  readonly variable: string;
  readonly value: string;
  /** True if it has left its mark; undefined if the program does not run at all. */
  readonly hasMark?: () => boolean;
}

/**
 * Creates the files of these variables in a folder. `native` converts a path to the form of the engine's system,
 * `major` is the version of its node, `preload` is a shared library that leaves a mark when it is loaded, on systems
 * that can preload one.
 */
export function setTricks(
  folder: string,
  { native, major, preload }: { native: (file: string) => string; major: number; preload: string | undefined },
): Trick[] {
  const file = (name: string) => path.join(folder, name);
  const slashed = (name: string) => native(file(name)).replaceAll('\\', '/');
  mkdirSync(file('modules/dllet-mark'), { recursive: true });
  const leaveMark = "require('node:fs').writeFileSync(__filename + '.mark', '')";
  writeFileSync(file('required.cjs'), leaveMark);
  writeFileSync(file('modules/dllet-mark/index.js'), leaveMark);
  writeFileSync(file('openssl.cnf'), '[[');
  const tricks: Trick[] = [
    {
      variable: 'NODE_OPTIONS',
      value: `--require "${slashed('required.cjs')}" --require dllet-mark`,
      hasMark: () => existsSync(file('required.cjs.mark')),
    },
    {
      variable: 'NODE_PATH',
      value: native(file('modules')),
      hasMark: () => existsSync(file('modules/dllet-mark/index.js.mark')),
    },
    {
      variable: 'NODE_V8_COVERAGE',
      value: native(file('coverage')),
      hasMark: () => existsSync(file('coverage')) && readdirSync(file('coverage')).length > 0,
    },
    { variable: 'OPENSSL_CONF', value: native(file('openssl.cnf')) },
  ];
  if (major >= 22) {
    const hasMark = () => existsSync(file('cache')) && readdirSync(file('cache')).length > 0;
    tricks.push({ variable: 'NODE_COMPILE_CACHE', value: native(file('cache')), hasMark });
  }
  if (preload) tricks.push({ variable: 'LD_PRELOAD', value: preload, hasMark: () => existsSync(`${preload}.mark`) });
  return tricks;
}
