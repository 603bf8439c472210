/** The extension's part of the script that verifies a module. */
import type { VerificationScript } from '../../extension.js';

export const verificationScript: VerificationScript = {
  description: [
    `Needs only the module. Tests whether the library and the cmdlets work on this computer as documented, in Windows PowerShell 5.1 and
PowerShell 7 if both are installed, and measures what the documentation leaves open.`,
    `In an elevated session it reserves some of 100 unused ports, and deletes every reservation after each step and at the end. If the
script is interrupted or killed, a second process deletes the reservations. Without elevation, the script skips the steps that need
it, and lists them.`,
  ],
  parameters: [
    {
      name: 'WithNetshBlock',
      type: 'switch',
      help: ['Also excludes 20 of the ports briefly with netsh, to test the functions of the library on them.'],
      option: '--with-netsh-block',
    },
    {
      name: 'Region',
      type: 'int',
      maximum: 65_436,
      help: ['The first of the 100 ports to work with. By default, unused ports are chosen.'],
      option: '--region',
    },
  ],
};
