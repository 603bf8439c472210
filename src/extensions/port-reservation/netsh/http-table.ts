/**
 * Reads the URLs in the output of `netsh http show servicestate` and `netsh http show urlacl`, independently of the
 * display language: only URLs, digits, indentation, file names and service names are interpreted, never words.
 *
 * Form of the output: from public captures of Windows 7 to 11 and Server 2008 R2 to 2025. In the view of request
 * queues, a queue begins with a line that is not indented. In the view of sessions, the queues follow all sessions,
 * indented below a heading. A queue lists its processes and then its URLs. A process is a number alone (until Windows
 * 10, about 2018) or `ID: 1234, image: C:\...\a.exe`, followed by lines that name its services. Older releases print no
 * URLs in the queues of the view of sessions, so that output does not show the process of a URL.
 */
import type { HttpUrl } from '../ports/types.js';
import { textLines } from './netsh-text.js';

/** Returns the URLs that programs listen on, each once, with the process of their queue if it has only one. */
export function parseServiceState(output: Buffer | string): HttpUrl[] {
  const found = queuesOf(output).flatMap((lines): HttpUrl[] => {
    const processes = lines.flatMap((line, index) => processIn(line, lines.slice(index + 1)));
    const [only, ...others] = new Map(processes.map((one) => [one.processId, one])).values();
    const holder = only && others.length === 0 ? only : NOBODY;
    return lines.flatMap(urlIn).map((url) => ({ ...url, listening: true, ...holder, queue: queueIn(lines[0] ?? '') }));
  });
  return eachOnce(found);
}

/** Returns the URLs that are reserved for an account. */
export function parseUrlReservations(output: Buffer | string): HttpUrl[] {
  return textLines(output)
    .flatMap(({ text }) => urlIn(text))
    .map((url) => ({ ...url, listening: false, ...NOBODY, queue: null }));
}

type Holder = Pick<HttpUrl, 'processId' | 'processName' | 'service'>;

const NOBODY: Holder = { processId: null, processName: null, service: null };

// Each of these expressions takes linear time, even for a long line of arbitrary text.
/** HTTP.sys adds the address to a URL that is bound to one: `HTTP://127.0.0.1:8000:127.0.0.1/`. */
const URL = /(?:^|[\s"])(https?:\/\/(?:\[[0-9a-f:.%]+\]|[^\s:/[\]]+):(\d{1,5})(?![\d])(?::[^\s"/]*)?(?:\/[^\s"]*)?)/i;
const PROCESS_LINE = /^\s+(?:[^\s:,][^:,]{0,60}:\s*)?(\d{1,10})\s*(?:,[^:]{1,60}:\s*(.*\S))?\s*$/;
const BARE_OR_WITH_IMAGE = /^\s+\d{1,10}\s*$|,[^:]{1,60}:\s*\S/;
const LABELLED = /^\s*[^\s:,][^:,]{0,60}:\s*(\S.*)$/;
const FILE_NAME = /^[^<>:"|?*]+$/;
const SERVICE_NAMES = /^[\w.$ -]{1,256}(?:, ?[\w.$ -]{1,256})*$/;

function queuesOf(output: Buffer | string): string[][] {
  const queues: string[][] = [[]];
  let indentation = 0;
  for (const { text } of textLines(output)) {
    const own = text.search(/\S/);
    const previous = queues.at(-1) ?? [];
    // The queues are below a heading that has no value and is not indented.
    if (own === 0) indentation = 0;
    else if (previous.length === 1 && /^\S.*:\s*$/.test(previous[0] ?? '')) indentation = own;
    if (own <= indentation) queues.push([]);
    queues.at(-1)?.push(text);
  }
  return queues;
}

function urlIn(text: string): Pick<HttpUrl, 'url' | 'port'>[] {
  const [, url, digits] = URL.exec(text) ?? [];
  const port = Number(digits);
  return url !== undefined && port >= 1 && port <= 65_535 ? [{ url, port }] : [];
}

/**
 * A process is a number alone, or a number and an image. Other lines with a number, such as a limit, have a label and
 * nothing else.
 */
function processIn(text: string, below: readonly string[]): Holder[] {
  if (!BARE_OR_WITH_IMAGE.test(text) || URL.test(text)) return [];
  const [, digits, image] = PROCESS_LINE.exec(text) ?? [];
  if (digits === undefined) return [];
  const file = image?.split(/[\\/]/).at(-1) ?? '';
  return [
    {
      processId: Number(digits),
      processName: FILE_NAME.test(file) ? file : null,
      service: image === undefined ? null : serviceIn(below),
    },
  ];
}

/** The first line names all services of the process, the second line the service that created the queue. */
function serviceIn([all = '', maker = '']: readonly string[]): string | null {
  const [every, one] = [all, maker].map((line) => LABELLED.exec(line)?.[1]?.trim() ?? '').map(namesOnly);
  return every === '' ? null : one || every || null;
}

/** A line with a number is not a list of service names. */
const namesOnly = (value: string) => (SERVICE_NAMES.test(value) && !/^\d+$/.test(value) ? value : '');

/**
 * Returns the name of a queue, such as `DefaultAppPool`. In its place, a queue without a name has a sentence, and a
 * session a number.
 */
function queueIn(line: string): string | null {
  const name = LABELLED.exec(line)?.[1]?.trim() ?? '';
  return /^[\x20-\x7e]{1,260}$/.test(name) && !/\.$|^[0-9A-F]{16}$/.test(name) ? name : null;
}

/**
 * Removes duplicates. The view of sessions prints each URL twice: in its session, and in its queue with the process.
 */
function eachOnce(found: readonly HttpUrl[]): HttpUrl[] {
  const byUrl = new Map<string, HttpUrl>();
  for (const one of found) {
    const known = byUrl.get(one.url);
    if (known === undefined || (known.processId === null && (one.processId ?? one.queue) !== null))
      byUrl.set(one.url, one);
  }
  return [...byUrl.values()];
}
