/** The current operating system, as the native backend uses it. */
import type { NativeSystem } from './native-system.js';
import { posixSystem } from './posix.js';
import { windowsSystem } from './windows.js';

/** Returns the system for a platform name (`process.platform`). Loads nothing before it is needed. */
export function nativeSystem(platform: NodeJS.Platform): NativeSystem {
  return platform === 'win32' ? windowsSystem() : posixSystem();
}
