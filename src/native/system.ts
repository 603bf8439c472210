/** The current operating system, for the native backend. */
import type { NativeSystem } from './native-system.js';
import { posixSystem } from './posix.js';
import { windowsSystem } from './windows.js';

/** Returns the system for a platform name (`process.platform`). Loads libraries only when they are needed. */
export function nativeSystem(platform: NodeJS.Platform): NativeSystem {
  return platform === 'win32' ? windowsSystem() : posixSystem();
}
