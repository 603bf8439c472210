/** Checks the rights of this process, and the Windows features that can block unsigned code. */
import { bad, type Finding, failed, good, warning } from './finding.js';

/** Never a defect: lookups need no rights. */
export async function diagnoseElevation(): Promise<Finding> {
  try {
    const { isElevated } = await import('../system/elevation.js');
    if (process.platform !== 'win32') return good('elevation', isElevated() ? 'the superuser' : 'an ordinary user');
    if (isElevated()) return good('elevation', 'elevated');
    return warning(
      'elevation',
      'not elevated: commands that change the system will be denied',
      'To change the system, start the session with "Run as administrator".',
    );
  } catch (error) {
    return failed('elevation', error, 'To check it, run: whoami /groups');
  }
}

/** Returns nothing on systems other than Windows. */
export async function diagnoseSmartAppControl(): Promise<Finding[]> {
  if (process.platform !== 'win32') return [];
  try {
    const { openMachineRegistry } = await import('../system/registry.js');
    const { nativeSystem } = await import('../native/system.js');
    return [smartAppControl(openMachineRegistry(nativeSystem('win32')).number(POLICY_KEY, POLICY_NAME))];
  } catch (error) {
    return [failed(CHECK, error, 'Check it in Windows Security, App & browser control.')];
  }
}

const CHECK = 'Smart App Control';
const POLICY_KEY = 'SYSTEM\\CurrentControlSet\\Control\\CI\\Policy';
const POLICY_NAME = 'VerifiedAndReputablePolicyState';

/** The registry value: 0 off, 1 on, 2 evaluation. */
export function smartAppControl(state: number | undefined): Finding {
  switch (state) {
    case undefined:
      return good(CHECK, 'not a part of this Windows');
    case 0:
      return good(CHECK, 'off');
    case 1:
      return warning(CHECK, 'on: unsigned addons and scripts are blocked', SIGN);
    case 2:
      return warning(CHECK, 'in evaluation: Windows may turn it on', SIGN);
    default:
      return bad(CHECK, `in the unknown state ${state}`, 'Check it in Windows Security, App & browser control.');
  }
}

const SIGN =
  'Use a module whose files, including .node, are signed with a certificate from a public authority (see docs/signing.md).';
