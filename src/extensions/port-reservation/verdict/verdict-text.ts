/**
 * The text of a verdict. It depends only on the evidence, so that it applies to a run of ports as well as to one port.
 */
import { bindFailureOf } from './bind-error.js';
import { excludedTexts } from './verdict-text-holder.js';
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

function freeTexts({
  ports,
  are,
  they,
  range,
  span,
  isSinglePort,
  elsewhere,
  ownersUse,
  plural,
}: Subject): VerdictTexts {
  const bound = plural ? `Binds of ${ports} succeeded` : `A bind of ${ports} succeeded`;
  if (range !== null) {
    return {
      explanation: `${bound}, although ${isSinglePort ? they : `the range ${span}`} is excluded and not administered${ownersUse && `, and ${ownersUse}`}.`,
      nextStep: `A program can bind ${they} now. For permanent use, choose ${elsewhere}: a bind over the other address family, or a later bind, may fail.`,
    };
  }
  if (ownersUse) {
    return {
      explanation: `${bound}, although ${ownersUse}.`,
      nextStep: `A program can bind ${they}. If it must not share a port, choose another one.`,
    };
  }
  return {
    explanation: `${ports} ${are} free: ${plural ? 'binds' : 'a bind'} succeeded.`,
    nextStep: `You have nothing to do. A program can bind ${they}.`,
  };
}

function administeredTexts(subject: Subject): VerdictTexts {
  const { ports, are, lie, they, span, isSinglePort, holder, ownersUse, protocol, asBlock, plural } = subject;
  const place = isSinglePort
    ? `${ports} ${are} an administered exclusion`
    : `${ports} ${lie} in the administered exclusion ${span}`;
  const origin = holder?.kind === 'HnsDefault' ? ' (likely the one that HNS makes by default)' : '';
  const listener = protocol === 'Tcp' ? 'A listener of HTTP.sys (IIS, HttpListener) fails' : 'A QUIC listener fails';
  const error = protocol === 'Tcp' ? 'error 32' : '"address in use"';
  return {
    explanation: `${place}${origin}, so Windows does not assign ${they} automatically, but ${plural ? 'binds' : 'a bind'} by number succeeded${ownersUse && `; ${ownersUse} too`}.`,
    nextStep: `Bind ${they} by number. ${listener} here with ${error}. For such a listener, choose another port, or remove the exclusion (elevated: Remove-ExcludedPortRange -Protocol ${protocol}${asBlock}).`,
  };
}

function reservedTexts(subject: Subject): VerdictTexts {
  const { ports, are, span, isSinglePort, elsewhere, withError, protocol, asBlock, plural } = subject;
  const place = isSinglePort
    ? `${ports} ${are} reserved`
    : `${ports} ${plural ? 'belong' : 'belongs'} to the reservation ${span}`;
  return {
    explanation: `${place}, ${withError === '' ? 'although a bind without the token succeeded here' : `and a bind without the token fails${withError}`}.`,
    nextStep: `If the reservation is yours, use its token (New-Reserved${protocol}Socket${asBlock}). Otherwise choose ${elsewhere}.`,
  };
}

function accessDeniedTexts(subject: Subject): VerdictTexts {
  const { ports, they, bindError, withError, ownersUse, windows, startPort, plural } = subject;
  if (!windows && startPort < FIRST_UNPRIVILEGED_PORT) {
    return {
      explanation: `${ports} ${plural ? 'need' : 'needs'} privileges (${bindError}): on this system, ordinary users cannot bind ports below ${FIRST_UNPRIVILEGED_PORT}${ownersUse && `, and ${ownersUse}`}.`,
      nextStep: `Choose port ${FIRST_UNPRIVILEGED_PORT} or higher, or give the program the right to bind ${they} (root, or CAP_NET_BIND_SERVICE on Linux).`,
    };
  }
  const nextStep = windows
    ? `Choose another port, run the program elevated, or look for a program with exclusive use of ${they} (netstat -ano). WSL with mirrored networking also holds ports that no table shows. Run "wsl --shutdown" to release such ports.`
    : 'Check SELinux, AppArmor and the policy of the container, which can all prevent a bind, or choose another port.';
  return { explanation: `The bind of ${ports} failed${withError}, ${causeOfRefusal(subject)}.`, nextStep };
}

function causeOfRefusal({ range, span, isSinglePort, ownersUse }: Subject): string {
  if (range !== null) {
    const exclusion = isSinglePort ? 'its administered exclusion' : `the administered exclusion ${span}`;
    return `but not because of ${exclusion}, which allows a bind by number`;
  }
  return ownersUse ? `while ${ownersUse}` : 'and no excluded range or process explains it';
}

function notAvailableTexts({ ports, startPort, endPort, bindError, withError }: Subject): VerdictTexts {
  if (startPort === 0 && endPort === 0) {
    return {
      explanation: 'Port 0 cannot be tested. It stands for any free port, which the system chooses.',
      nextStep: 'Give a port from 1 to 65535.',
    };
  }
  const failure = bindFailureOf(bindError ?? '');
  if (failure === 'AddressNotAvailable') {
    return {
      explanation: `The bind of ${ports} failed${withError}: this computer does not have the address.`,
      nextStep: 'Give an address of this computer, or 0.0.0.0 or :: for every address.',
    };
  }
  if (failure === 'FamilyNotSupported') {
    return {
      explanation: `The bind of ${ports} failed${withError}: this computer does not support the address family.`,
      nextStep: 'Give an address of the other family (IPv4 or IPv6), or enable this one.',
    };
  }
  return {
    explanation: `The bind of ${ports} failed with ${bindError}. The cause is not the ${startPort === endPort ? 'port' : 'ports'}.`,
    nextStep: `Fix the cause of ${bindError} and test again.`,
  };
}
