/**
 * Reads the URLs in the output of `netsh http show servicestate view=requestq` and `netsh http show urlacl`,
 * independently of the display language: only URLs, digits, indentation and file names are interpreted, never words.
 *
 * Form of the output: learn.microsoft.com, "Netsh http commands". A request queue begins with a line that is not
 * indented; its processes (`ID: 1234, image: C:\...\a.exe`, or a number alone) and its URLs follow, indented.
 */
import type { HttpUrl } from '../ports/types.js';
import { textLines } from './netsh-text.js';

/** Returns the URLs that programs listen on, with the process of their queue if it has only one. */
export function parseServiceState(output: Buffer | string): HttpUrl[] {
  return queuesOf(output).flatMap((lines) => {
    const processes = lines.flatMap(processIn);
    const [only, ...others] = new Map(processes.map((one) => [one.processId, one])).values();
    const holder = only && others.length === 0 ? only : NOBODY;
    return lines.flatMap(urlIn).map((url) => ({ ...url, listening: true, ...holder }));
  });
}

/** Returns the URLs that are reserved for somebody. */
export function parseUrlReservations(output: Buffer | string): HttpUrl[] {
  return textLines(output)
    .flatMap(({ text }) => urlIn(text))
    .map((url) => ({ ...url, listening: false, ...NOBODY }));
}

interface Holder {
  readonly processId: number | null;
  readonly processName: string | null;
}

const NOBODY: Holder = { processId: null, processName: null };

// Each of these is linear, even for a long line of anything.
const URL = /(?:^|[\s"])(https?:\/\/(?:\[[0-9a-f:.%]+\]|[^\s:/[\]]+):(\d{1,5})(?:\/[^\s"]*)?)/i;
const PROCESS_LINE = /^\s+(?:[^\s:,][^:,]{0,60}:\s*)?(\d{1,10})\s*(?:,[^:]{1,60}:\s*(.*\S))?\s*$/;
const BARE_OR_WITH_IMAGE = /^\s+\d{1,10}\s*$|,[^:]{1,60}:\s*\S/;

function queuesOf(output: Buffer | string): string[][] {
  const queues: string[][] = [[]];
  for (const { text } of textLines(output)) {
    if (!/^\s/.test(text)) queues.push([]);
    queues.at(-1)?.push(text);
  }
  return queues;
}

function urlIn(text: string): Pick<HttpUrl, 'url' | 'port'>[] {
  const [, url, digits] = URL.exec(text) ?? [];
  const port = Number(digits);
  return url !== undefined && port >= 1 && port <= 65_535 ? [{ url, port }] : [];
}

/** A number alone, or a number and an image: other lines with a number, such as a limit, have a label and no more. */
function processIn(text: string): Holder[] {
  if (!BARE_OR_WITH_IMAGE.test(text) || URL.test(text)) return [];
  const [, digits, image] = PROCESS_LINE.exec(text) ?? [];
  if (digits === undefined) return [];
  const file = image?.split(/[\\/]/).at(-1) ?? '';
  return [{ processId: Number(digits), processName: /^[^<>:"|?*]+$/.test(file) ? file : null }];
}
