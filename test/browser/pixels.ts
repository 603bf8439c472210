/** Reads colours: from a screenshot, and from the style of the page. */
import type { Page } from 'playwright-core';
import { PORT_STATES } from '../../src/extensions/port-reservation/port-map/port-map-layers.js';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ColourShare {
  readonly colour: string;
  readonly share: number;
}

// Programs for the page are text: the tests are compiled without the types of a browser, and should be.
const COUNT_COLOURS = `async ({ base64, x, y, width, height }) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(x, y, width, height);
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = 'rgb(' + data.slice(at, at + 3).join(',') + ')';
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([colour, count]) => ({ colour, share: count / (width * height) }));
}`;

const READ_COLOURS = `(names) => {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue('--' + name).trim()]));
}`;

/** The colours of an area of a PNG, the most frequent first; `rgb(1,2,3)`. The browser decodes it, on a page of its own. */
export async function colourShares(blank: Page, png: Buffer, area: Area): Promise<ColourShare[]> {
  return blank.evaluate<ColourShare[]>(
    `(${COUNT_COLOURS})(${JSON.stringify({ base64: png.toString('base64'), ...area })})`,
  );
}

/** The colours that the style sheet gives names to, as they are in force. */
export async function cssColours(page: Page): Promise<Record<string, string>> {
  const names = [
    'page',
    'ink',
    'quiet',
    'panel',
    'ring',
    'halo',
    ...PORT_STATES.flatMap((one) => [one, `${one}-mark`]),
  ];
  return page.evaluate<Record<string, string>>(`(${READ_COLOURS})(${JSON.stringify(names)})`);
}

/** `#010203` as `rgb(1,2,3)`. */
export function toRgb(hex: string | undefined): string {
  return `rgb(${channels(hex ?? '').join(',')})`;
}

/** The contrast ratio of WCAG 2. */
export function contrast(one: string | undefined, other: string | undefined): number {
  const [darker = 0, lighter = 0] = [luminance(one ?? ''), luminance(other ?? '')].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((channel) => {
    const part = channel / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
