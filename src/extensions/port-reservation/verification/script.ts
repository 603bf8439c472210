/** The extension's part of the script that verifies a module. */
import type { VerificationScript } from '../../extension.js';

export const verificationScript: VerificationScript = {
  description: [
    `Needs nothing but the module. Finds out whether the library and the cmdlets do here what they are documented to do, in Windows
PowerShell 5.1 and in PowerShell 7 where both are there, and measures what the documentation leaves open.`,
    `In an elevated session it reserves ports out of 100 that nothing uses, and deletes every reservation again: after each step, at the
end, and, should it be interrupted or killed, by a second process that waits for that. Without elevation it does what can be done
without, and says what it left out.`,
  ],
  parameters: [
    {
      name: 'WithNetshBlock',
      type: 'switch',
      help: ['Also lets netsh exclude 20 of the ports for a moment, to see what the library says of them.'],
      option: '--with-netsh-block',
    },
    {
      name: 'Region',
      type: 'int',
      maximum: 65_436,
      help: ['The first of the 100 ports to work with. Without it, they are chosen among those that nothing uses.'],
      option: '--region',
    },
  ],
};
