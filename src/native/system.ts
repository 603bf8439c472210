/** The operating system that this program runs on, as the native backend needs it. */
import type { NativeSystem } from './native-system.js';
import { posixSystem } from './posix.js';
import { windowsSystem } from './windows.js';

/** The system behind a platform name (`process.platform`). Nothing is loaded before it is needed. */
export function nativeSystem(platform: NodeJS.Platform): NativeSystem {
  return platform === 'win32' ? windowsSystem() : posixSystem();
}
