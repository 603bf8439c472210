/**
 * The text of a verdict. It depends only on the evidence, so that it applies to a run of ports as well as to one port.
 */
import { inUseTexts } from './verdict-text-in-use.js';
import { type Subject, subjectOf } from './verdict-text-words.js';
import type { Evidence, PortVerdict, VerdictTexts } from './verdict-types.js';

/** The first port that unprivileged users may bind on Unix. */
const FIRST_UNPRIVILEGED_PORT = 1024;

export function verdictTexts(
  evidence: Evidence,
  startPort: number,
  endPort: number,
  platform: NodeJS.Platform,
): VerdictTexts {
  const subject = subjectOf(evidence, startPort, endPort, platform);
  switch (evidence.verdict) {
    case 'Free':
      return freeTexts(subject);
    case 'Administered':
      return administeredTexts(subject);
    case 'Reserved':
      return reservedTexts(subject);
    case 'Excluded':
      return excludedTexts(subject);
    case 'InUse':
      return inUseTexts(subject);
    case 'AccessDenied':
      return accessDeniedTexts(subject);
    case 'NotAvailable':
      return notAvailableTexts(subject);
  }
}

/** True if two ports with the same evidence also have the same text. */
export function sharesTexts(one: PortVerdict, other: PortVerdict): boolean {
  return (
    (one.port === 0) === (other.port === 0) &&
    (one.verdict !== 'AccessDenied' || one.port < FIRST_UNPRIVILEGED_PORT === other.port < FIRST_UNPRIVILEGED_PORT)
  );
}

function freeTexts({ ports, are, they, range, owners, plural }: Subject): VerdictTexts {
  const bound = plural ? `Binds of ${ports} succeeded` : `A bind of ${ports} succeeded`;
  if (range !== null) {
    return {
      explanation: `${bound}, although the exclusion table lists ${range} without a star${owners && `, and ${owners} ${plural ? 'use them' : 'uses it'}`}.`,
      nextStep: `A program may bind ${they} now; choose outside ${range} for lasting use, because the range may refuse the other address family, or a later bind.`,
    };
  }
  if (owners) {
    return {
      explanation: `${bound}, although ${owners} ${plural ? 'use them' : 'uses it'}.`,
      nextStep: `A program may bind ${they}; choose another port if it must not share one with ${owners}.`,
    };
  }
  return {
    explanation: `${ports} ${are} free: a bind succeeded.`,
    nextStep: `Nothing to do: a program may bind ${they}.`,
  };
}

function administeredTexts({ ports, lie, they, range, owners, plural }: Subject): VerdictTexts {
  return {
    explanation: `${ports} ${lie} in the administered exclusion ${range}, which allows an explicit bind (it succeeded) and keeps ${they} from automatic assignment${owners && `; ${owners} ${plural ? 'use them' : 'uses it'} too`}.`,
    nextStep: `Bind ${they} by number; a program that asks for any port (port 0) never gets ${they}.`,
  };
}

function reservedTexts({ ports, belong, range, refusal, takeByToken }: Subject): VerdictTexts {
  return {
    explanation: `${ports} ${belong} to the reservation ${range}, ${refusal === '' ? 'although a bind without its token succeeded here' : `and a bind without its token fails${refusal}`}.`,
    nextStep: `Take a port with the token if the reservation is yours (${takeByToken}), or choose a port outside ${range}.`,
  };
}

function excludedTexts({ ports, lie, range, refusal, takeByToken }: Subject): VerdictTexts {
  return {
    explanation: `${ports} ${lie} in the range ${range}, excluded without a star (a block of WinNAT or HNS, or a reservation), and the bind was refused${refusal}.`,
    nextStep: `Choose a port outside ${range}; or, elevated, run "net stop winnat" if WinNAT holds the range, or take a port with the token if the range is your reservation (${takeByToken}).`,
  };
}

function accessDeniedTexts(subject: Subject): VerdictTexts {
  const { ports, they, range, refusal, owners, windows, startPort, plural } = subject;
  if (!windows && startPort < FIRST_UNPRIVILEGED_PORT) {
    return {
      explanation: `${ports} ${plural ? 'need' : 'needs'} privileges${refusal}: ports below ${FIRST_UNPRIVILEGED_PORT} are not for ordinary users on this system${owners && `, and ${owners} ${plural ? 'use them' : 'uses it'}`}.`,
      nextStep: `Choose a port from ${FIRST_UNPRIVILEGED_PORT} on, or give the program the right to bind ${they} (root, or CAP_NET_BIND_SERVICE on Linux).`,
    };
  }
  const cause = causeOfRefusal(range, owners);
  const nextStep = windows
    ? `Run the program elevated, look for one that holds ${they} for its exclusive use (netstat -ano, elevated), or choose another port.`
    : `Look at what may refuse a bind beside the ports (SELinux, AppArmor, the policy of a container), or choose another port.`;
  return { explanation: `The bind of ${ports} was refused${refusal}, ${cause}.`, nextStep };
}

function causeOfRefusal(range: string | null, owners: string): string {
  if (range !== null) return `but not by the administered exclusion ${range}, which allows an explicit bind`;
  return owners ? `while ${owners} has it` : 'and no excluded range and no owner shows why';
}

function notAvailableTexts({ ports, startPort, endPort, bindError, refusal }: Subject): VerdictTexts {
  if (startPort === 0 && endPort === 0) {
    return {
      explanation: 'Port 0 means any port: the system chooses one, so there is nothing to test.',
      nextStep: 'Give a port from 1 to 65535.',
    };
  }
  if (/^(?:(?:WSA)?EADDRNOTAVAIL|10049)$/.test(bindError ?? '')) {
    return {
      explanation: `The address of the bind of ${ports} is not one of this machine${refusal}.`,
      nextStep: 'Give an address of this machine, or 0.0.0.0 or :: for all of them.',
    };
  }
  if (/^(?:(?:WSA)?EAFNOSUPPORT|10047)$/.test(bindError ?? '')) {
    return {
      explanation: `The bind of ${ports} failed because this machine does not support the address family${refusal}.`,
      nextStep: 'Give an address of the other family (IPv4 or IPv6), or switch this one on.',
    };
  }
  return {
    explanation: `The bind of ${ports} failed with ${bindError}, which says nothing about the ${startPort === endPort ? 'port itself' : 'ports themselves'}.`,
    nextStep: `Remove the cause of ${bindError} and test again.`,
  };
}
