/** The port map in a real, headless Chromium: what is drawn, not what the file says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPortMap } from '../../src/extensions/port-reservation/port-map/port-map.js';
import { PORT_STATES } from '../../src/extensions/port-reservation/port-map/port-map-layers.js';
import { HOSTILE_NAME, machine } from '../extensions/port-reservation/port-map/port-map-model.js';
import { colourShares, contrast, cssColours, toRgb } from './pixels.js';

/** Stretches of eight whole rows of the TCP picture that are in one state. */
const STRIPES = {
  Excluded: 10_240,
  Reserved: 20_480,
  Administered: 30_720,
  InUse: 40_960,
  Dynamic: 57_600,
  Free: 15_360,
};
const SCHEMES = ['light', 'dark'] as const;

let browser: Browser;
/** A page to decode screenshots on. */
let blank: Page;
let directory: string;
let address: string;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'dllet-port-map-'));
  const file = path.join(directory, 'map.html');
  // The connections of the dynamic range would speckle its stripe.
  const protocols = machine.protocols.map((ports) => ({
    ...ports,
    uses: ports.uses.filter(({ port }) => port < 57_600 || port >= 59_648),
  }));
  writeFileSync(file, renderPortMap({ ...machine, protocols }));
  address = pathToFileURL(file).href;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  blank = await browser.newPage();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Opens the page, passes it on, and expects that it wrote nothing to the console and made no network request. */
async function withPage(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    await look(page);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([address]);
  } finally {
    await context.close();
  }
}

describe.each(SCHEMES)('the picture in %s', (colorScheme) => {
  test('shows each state in its own colour and hatching', async () => {
    await withPage({ colorScheme }, async (page) => {
      const colours = await cssColours(page);
      const picture = await page.locator('#tcp .picture').screenshot();
      for (const state of PORT_STATES) {
        const shares = await colourShares(blank, picture, {
          x: 0,
          y: (STRIPES[state] / 256) * 2,
          width: 512,
          height: 16,
        });
        const ground = toRgb(colours[state]);
        expect([state, shares[0]?.colour]).toEqual([state, ground]);
        const hatched = !['Free', 'InUse', 'Dynamic'].includes(state);
        const rest = 1 - (shares[0]?.share ?? 0);
        expect([state, hatched ? rest > 0.1 : rest < (state === 'Dynamic' ? 0.02 : 1e-9)]).toEqual([state, true]);
      }
    });
  });

  test('shows single ports in their cells', async () => {
    await withPage({ colorScheme }, async (page) => {
      const colours = await cssColours(page);
      const picture = await page.locator('#tcp .picture').screenshot();
      const drawnAt = async (port: number) => {
        const cell = { x: (port % 256) * 2, y: Math.floor(port / 256) * 2, width: 2, height: 2 };
        return (await colourShares(blank, picture, cell)).map(({ colour }) => colour);
      };
      for (const port of [80, 445, 8080, 50_010]) {
        expect([port, ...(await drawnAt(port))]).toEqual([port, toRgb(colours.InUse)]);
      }
      for (const port of [0, 77, 83, 8083, 4999, 5020]) {
        expect([port, ...(await drawnAt(port))]).toEqual([port, toRgb(colours.Free)]);
      }
      expect(await drawnAt(5357)).toEqual([toRgb(colours.Excluded)]);
      for (const port of [5000, 5019, 50_000, 50_059]) {
        expect(await drawnAt(port)).not.toContain(toRgb(colours.Free));
      }
    });
  });

  test('text and states have enough contrast', async () => {
    await withPage({ colorScheme }, async (page) => {
      const colours = await cssColours(page);
      expect(contrast(colours.ink, colours.page)).toBeGreaterThan(7);
      expect(contrast(colours.quiet, colours.page)).toBeGreaterThan(4.5);
      expect(contrast(colours.quiet, colours.panel)).toBeGreaterThan(4.5);
      for (const state of PORT_STATES.filter((one) => one !== 'Free')) {
        const drawn = [colours[state], colours[`${state}-mark`]];
        const against = (other: string | undefined) => Math.max(...drawn.map((colour) => contrast(colour, other)));
        expect([state, against(colours.Free) >= 3]).toEqual([state, true]);
      }
      expect(contrast(colours.ring, colours.halo)).toBeGreaterThan(3);
    });
  });
});

describe('the page', () => {
  test('legend: counts of all states, together every port', async () => {
    await withPage({}, async (page) => {
      const counts = async (protocol: string) =>
        Object.fromEntries(
          await page
            .locator(`#${protocol} .legend data`)
            .evaluateAll((all) => all.map((one) => [one.getAttribute('data-state'), one.textContent])),
        );
      const udp = await counts('udp');
      expect(udp).toEqual({
        InUse: '6',
        Reserved: '0',
        Excluded: '0',
        Administered: '60',
        Dynamic: '16,324',
        Free: '49,146',
      });
      const tcp = Object.values(await counts('tcp')).map((text) => Number(String(text).replaceAll(',', '')));
      expect(tcp.reduce((sum, count) => sum + count, 0)).toBe(65_536);
    });
  });

  test('keyboard: one Tab stop a picture; arrow keys, Page, Home and End go from range to range', async () => {
    await withPage({}, async (page) => {
      const chosen = () => page.locator('#tcp .detail').getAttribute('data-start');
      await page.keyboard.press('Tab');
      expect(await chosen()).toBe('0');
      await page.keyboard.press('ArrowRight');
      expect(await chosen()).toBe('80');
      expect(await page.locator('#tcp .detail').textContent()).toBe(
        'Port 80: In useSystem (process 4): Listen on 0.0.0.0, ::Excluded port 80 (IPv4): likely a URL of HTTP.sys, or a containerWhat to do',
      );
      expect(await page.locator('[aria-selected="true"]').getAttribute('aria-label')).toContain('Port 80: In use');
      await page.keyboard.press('ArrowDown');
      expect(await chosen()).toBe('81');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      expect(await chosen()).toBe('0');
      await page.keyboard.press('PageDown');
      expect(await chosen()).toBe('5020');
      await page.keyboard.press('End');
      expect(Number(await chosen())).toBeGreaterThan(60_000);
      await page.keyboard.press('Home');
      expect(await chosen()).toBe('0');
      await page.keyboard.press('Tab');
      expect(await page.locator('#tcp .detail').textContent()).toContain('No range chosen.');
      expect(await page.locator('#udp .detail').getAttribute('data-start')).toBe('0');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.closest(".picture")')).toBeNull();
    });
  });

  test('keyboard: Tab from a range to its advice, Enter follows it, Esc leads back and then chooses nothing', async () => {
    await withPage({}, async (page) => {
      const focused = () =>
        page.evaluate(
          'document.activeElement.id || document.activeElement.dataset.start || document.activeElement.className',
        );
      const line = () => page.locator('#tcp .detail .line').textContent();
      await page.locator('#tcp .run[data-start="52000"]').focus();
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('advice-link');
      expect(
        await page.getByRole('link', { name: 'What to do about Ports 52000 to 52099: Excluded, 100 ports' }).count(),
      ).toBe(1);
      await page.keyboard.press('Escape');
      expect([await focused(), await line()]).toEqual(['52000', 'Ports 52000 to 52099: Excluded, 100 ports']);
      await page.keyboard.press('Enter');
      expect(await focused()).toBe('advice-Nat');
      const lines = await page.evaluate('getComputedStyle(document.activeElement).textDecorationLine');
      expect(lines).toBe('underline');
      await page.keyboard.press('Escape');
      expect([await focused(), await line()]).toEqual(['52000', 'Ports 52000 to 52099: Excluded, 100 ports']);
      await page.keyboard.press('Escape');
      expect(await line()).toBe('No range chosen.');
      expect(await page.locator('[aria-hidden="true"] :is(a, button, [tabindex="0"])').count()).toBe(0);
    });
  });

  test('the focus ring is drawn around a single port', async () => {
    await withPage({ colorScheme: 'light' }, async (page) => {
      const picture = page.locator('#tcp .picture');
      const around = { x: (8080 % 256) * 2 - 6, y: Math.floor(8080 / 256) * 2 - 6, width: 14, height: 14 };
      const halo = toRgb((await cssColours(page)).halo);
      const share = async () => {
        const shares = await colourShares(blank, await picture.screenshot(), around);
        return shares.find(({ colour }) => colour === halo)?.share ?? 0;
      };
      expect(await share()).toBe(0);
      await page.locator('#tcp .run[data-start="8080"]').focus();
      expect(await share()).toBeGreaterThan(0.1);
    });
  });

  test('mouse: the port under the pointer and its range; gone with the pointer', async () => {
    await withPage({}, async (page) => {
      const box = await page.locator('#tcp .picture').boundingBox();
      const at = { x: (box?.x ?? 0) + (50_010 % 256) * 2 + 1, y: (box?.y ?? 0) + Math.floor(50_010 / 256) * 2 + 1 };
      await page.mouse.move(at.x, at.y);
      expect(await page.locator('#tcp .detail .line').textContent()).toBe('Port 50010 – Port 50010: In use');
      await page.mouse.move(at.x + 4, at.y);
      expect(await page.locator('#tcp .detail .line').textContent()).toBe(
        'Port 50012 – Ports 50011 to 50059: Administered exclusion, 49 ports',
      );
      await page.mouse.move(1, 1);
      expect(await page.locator('#tcp .detail .line').textContent()).toBe('No range chosen.');
    });
  });

  test('touch at 390 pixels: the range closest to the finger, which stays, and its advice', async () => {
    await withPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
      const box = await page.locator('#tcp .picture').boundingBox();
      const cell = (box?.width ?? 0) / 256;
      await page.touchscreen.tap((box?.x ?? 0) + 144.5 * cell + 6, (box?.y ?? 0) + 31.5 * cell + 4);
      expect(await page.locator('#tcp .detail .line').textContent()).toBe('Port 8080: In use');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      // A row is little more than a pixel high here; sixty ports are still seen, and tapped.
      const outline = 'getComputedStyle(document.querySelector(\'#tcp .thin[data-start="50011"]\')).strokeWidth';
      expect(await page.evaluate(outline)).toBe('2px');
      expect(await page.locator('#tcp .do a').getAttribute('href')).toBe('#advice-InUse');
    });
  });

  test('a hostile process name is text', async () => {
    await withPage({}, async (page) => {
      expect(await page.title()).toBe(machine.title);
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.getByRole('row', { name: /^Tcp 8080 / }).textContent()).toContain(HOSTILE_NAME);
      await page.locator('#tcp .run[data-start="8080"]').focus();
      expect(await page.locator('#tcp .detail').textContent()).toContain(`${HOSTILE_NAME} (process 4711)`);
    });
  });

  test('without JavaScript the table is there, and nothing promises what only a script can do', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      const row = page.getByRole('row', { name: /^Tcp 5000 5019 20 Reserved/ });
      expect(await row.isVisible()).toBe(true);
      expect(await page.locator('.detail:visible, .scripted:visible').count()).toBe(0);
    });
  });

  test.each(SCHEMES)(
    'at 360 pixels in %s nothing is wider than the screen, and the table is still a table',
    async (colorScheme) => {
      await withPage({ colorScheme, viewport: { width: 360, height: 800 } }, async (page) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
        const widest = await page
          .locator('body *')
          .evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().right)));
        expect(widest).toBeLessThanOrEqual(360);
        expect(await page.getByRole('table').getByRole('row').count()).toBeGreaterThan(20);
        expect(await page.getByRole('columnheader').count()).toBe(6);
        const single = page.locator('tr.one').first().locator('.start, .end, .count');
        const widths = await single.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width > 1));
        expect(widths).toEqual([true, false, false]);
        // Not broken at its hyphen, where a line has room for all of it.
        const repair = page.locator('#advice-Nat + dd code', { hasText: 'Repair-PortExclusion' });
        expect((await repair.boundingBox())?.height).toBeLessThan(30);
      });
    },
  );

  test('has a language, one main heading, and named regions', async () => {
    await withPage({}, async (page) => {
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await page.getByRole('heading', { level: 1 }).allTextContents()).toEqual([machine.title]);
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
        'TCP ports',
        'UDP ports',
        'All ranges that are not free',
        'What to do',
      ]);
      expect(
        await page.getByRole('listbox', { name: 'TCP: ranges of ports' }).getByRole('option').count(),
      ).toBeGreaterThan(30);
    });
  });

  test('on paper: light colours, no focus detail', async () => {
    await withPage({ colorScheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect((await cssColours(page)).page).toBe('#ffffff');
      expect(await page.locator('.detail:visible').count()).toBe(0);
    });
  });
});
