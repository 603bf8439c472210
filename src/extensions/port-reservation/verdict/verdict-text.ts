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
      explanation: `${bound}, although the exclusion table lists ${isSinglePort ? they : span} without a star${ownersUse && `, and ${ownersUse}`}.`,
      nextStep: `A program may bind ${they} now; choose ${elsewhere} for lasting use, because the exclusion may refuse the other address family, or a later bind.`,
    };
  }
  if (ownersUse) {
    return {
      explanation: `${bound}, although ${ownersUse}.`,
      nextStep: `A program may bind ${they}; choose another port if it must not share one.`,
    };
  }
  return {
    explanation: `${ports} ${are} free: ${plural ? 'binds' : 'a bind'} succeeded.`,
    nextStep: `Nothing to do: a program may bind ${they}.`,
  };
}

function administeredTexts(subject: Subject): VerdictTexts {
  const { ports, are, lie, they, span, isSinglePort, holder, ownersUse, protocol, asBlock, plural } = subject;
  const place = isSinglePort
    ? `${ports} ${are} an administered exclusion`
    : `${ports} ${lie} in the administered exclusion ${span}`;
  const origin = holder?.kind === 'HnsDefault' ? ' (likely the one that HNS makes by default)' : '';
  const listener =
    protocol === 'Tcp' ? 'A listener of HTTP.sys (IIS, HttpListener) is refused' : 'A QUIC listener is refused';
  const error = protocol === 'Tcp' ? 'error 32' : '"address in use"';
  return {
    explanation: `${place}${origin}, which allows an explicit bind (${plural ? 'binds' : 'it'} succeeded) and keeps ${they} from automatic assignment${ownersUse && `; ${ownersUse} too`}.`,
    nextStep: `Bind ${they} by number; a program that asks for any port (port 0) never gets ${they}. ${listener} there with ${error}: it needs another port, or no exclusion (elevated: Remove-ExcludedPortRange -Protocol ${protocol}${asBlock}).`,
  };
}

function reservedTexts(subject: Subject): VerdictTexts {
  const { ports, are, span, isSinglePort, elsewhere, withError, protocol, asBlock, plural } = subject;
  const place = isSinglePort
    ? `${ports} ${are} reserved`
    : `${ports} ${plural ? 'belong' : 'belongs'} to the reservation ${span}`;
  return {
    explanation: `${place}, ${withError === '' ? 'although a bind without the token succeeded here' : `and a bind without the token fails${withError}`}.`,
    nextStep: `Take ${isSinglePort ? 'it' : 'a port'} with the token if the reservation is yours (New-Reserved${protocol}Socket${asBlock}), or choose ${elsewhere}.`,
  };
}

function accessDeniedTexts(subject: Subject): VerdictTexts {
  const { ports, they, bindError, withError, ownersUse, windows, startPort, plural } = subject;
  if (!windows && startPort < FIRST_UNPRIVILEGED_PORT) {
    return {
      explanation: `${ports} ${plural ? 'need' : 'needs'} privileges (${bindError}): ports below ${FIRST_UNPRIVILEGED_PORT} are not for ordinary users on this system${ownersUse && `, and ${ownersUse}`}.`,
      nextStep: `Choose a port from ${FIRST_UNPRIVILEGED_PORT} on, or give the program the right to bind ${they} (root, or CAP_NET_BIND_SERVICE on Linux).`,
    };
  }
  const nextStep = windows
    ? `Run the program elevated, look for one that holds ${they} for its exclusive use (netstat -ano), or choose another port. WSL with mirrored networking holds ports that no table shows ("wsl --shutdown" releases ${they}).`
    : 'Look at what may refuse a bind beside the ports (SELinux, AppArmor, the policy of a container), or choose another port.';
  return { explanation: `The bind of ${ports} was refused${withError}, ${causeOfRefusal(subject)}.`, nextStep };
}

function causeOfRefusal({ range, span, isSinglePort, ownersUse }: Subject): string {
  if (range !== null) {
    const exclusion = isSinglePort ? 'its administered exclusion' : `the administered exclusion ${span}`;
    return `but not by ${exclusion}, which allows an explicit bind`;
  }
  return ownersUse ? `while ${ownersUse}` : 'and no excluded range and no owner shows why';
}

function notAvailableTexts({ ports, startPort, endPort, bindError, withError }: Subject): VerdictTexts {
  if (startPort === 0 && endPort === 0) {
    return {
      explanation: 'Port 0 means any port: the system chooses one, so there is nothing to test.',
      nextStep: 'Give a port from 1 to 65535.',
    };
  }
  const failure = bindFailureOf(bindError ?? '');
  if (failure === 'AddressNotAvailable') {
    return {
      explanation: `The bind of ${ports} failed${withError}: the address is not one of this machine.`,
      nextStep: 'Give an address of this machine, or 0.0.0.0 or :: for every address.',
    };
  }
  if (failure === 'FamilyNotSupported') {
    return {
      explanation: `The bind of ${ports} failed${withError}: this machine does not support the address family.`,
      nextStep: 'Give an address of the other family (IPv4 or IPv6), or switch this one on.',
    };
  }
  return {
    explanation: `The bind of ${ports} failed with ${bindError}, which says nothing about the ${startPort === endPort ? 'port itself' : 'ports themselves'}.`,
    nextStep: `Remove the cause of ${bindError} and test again.`,
  };
}
