import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderPortMap } from '../../../../src/extensions/port-reservation/port-map/port-map.js';
import { escapeHtml } from '../../../../src/extensions/port-reservation/port-map/port-map-html.js';
import { shapeOf } from '../../../../src/extensions/port-reservation/port-map/port-map-picture.js';
import { HOSTILE_NAME, machine, used } from './port-map-model.js';

const page = renderPortMap(machine);

describe('the page of a port map', () => {
  test('the same model gives the same page, in whatever order the tables come', () => {
    const reversed = machine.protocols.map((ports) => ({
      ...ports,
      exclusions: ports.exclusions.toReversed(),
      uses: ports.uses.toReversed(),
      reservations: ports.reservations.toReversed(),
      dynamicRanges: ports.dynamicRanges.toReversed(),
    }));
    expect(renderPortMap({ ...machine, protocols: reversed })).toBe(page);
  });

  test('names nothing outside itself', () => {
    expect(page).not.toMatch(/https?:|\bsrc="|\bhref=(?!"#advice-)|@import|\bstyle="|\son[a-z]+="/);
    expect(page.match(/url\([^)]*\)/g)?.every((url) => url.startsWith('url(#'))).toBe(true);
  });

  test('the policy allows its own style and script by their hashes, and nothing else', () => {
    const hash = (element: string) => {
      const text = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? '';
      return `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    };
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src ${hash('style')}; script-src ${hash('script')}; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  test('data never becomes markup, wherever it stands', () => {
    const hostile = renderPortMap({
      title: HOSTILE_NAME,
      computerName: HOSTILE_NAME,
      generatedAt: HOSTILE_NAME,
      protocols: [
        {
          protocol: 'Tcp',
          exclusions: [],
          reservations: [],
          dynamicRanges: [],
          uses: [used(1, { processName: HOSTILE_NAME, address: HOSTILE_NAME, state: HOSTILE_NAME })],
        },
      ],
    });
    expect(hostile.match(/<script/g)).toHaveLength(1);
    expect(hostile).not.toMatch(/<img|onerror="/);
    expect(hostile).toContain(`<title>${escapeHtml(HOSTILE_NAME)}</title>`);
  });

  test('the table has each range with its reasons, and a dynamic range as a whole', () => {
    const rows = (page.match(/<tr role="row"[^>]*>.*?<\/tr>/gs) ?? []).map((row) =>
      row
        .replace(/<[^>]+>/g, '|')
        .replace(/[|\s]*\|[|\s]*/g, '|')
        .slice(1, -1),
    );
    expect(rows[0]).toBe('Protocol|Start|End|Ports|State|Process, or why');
    expect(rows[1]).toBe(
      'Tcp|80|80|1|In use|System (process 4): Listen on 0.0.0.0, ::|Excluded port 80 (IPv4): likely a URL of HTTP.sys, or a container|What to do',
    );
    expect(rows).toContain(
      'Tcp|49152|65535|16,384|Dynamic range|Dynamic range 49152–65535 (IPv4, IPv6): 15,660 of its ports have no other row|What to do',
    );
    expect(rows).toContain(
      'Tcp|50010|50010|1|In use|Unnamed process: TimeWait on 10.1.2.3|Administered exclusion 50000–50059 (IPv4): likely the one that HNS makes by default|Dynamic range 49152–65535 (IPv4, IPv6)|What to do',
    );
    expect(rows).toContain('Udp|53|53|1|In use|svchost.exe (process 1253): Bound on 0.0.0.0|What to do');
    expect(rows.filter((row) => row.startsWith('Udp'))).toHaveLength(8);
  });

  test('a machine of which nothing is known', () => {
    const empty = renderPortMap({
      ...machine,
      protocols: [{ protocol: 'Udp', exclusions: [], uses: [], reservations: [], dynamicRanges: [] }],
    });
    expect(empty).toContain('Every port is free.');
    expect(empty).not.toContain('<table');
  });
});

test.each([
  [0, 0, 'M0 0H1V1H0z'],
  [10, 20, 'M10 0H21V1H10z'],
  [0, 255, 'M0 0H256V1H0z'],
  [0, 65_535, 'M0 0H256V255H256V256H0V1H0z'],
  [250, 260, 'M250 0H256V1H250zM0 1H5V2H0z'],
  [100, 700, 'M100 0H256V2H189V3H0V1H100z'],
])('the shape of the ports %i to %i', (startPort, endPort, shape) => {
  expect(shapeOf({ startPort, endPort })).toBe(shape);
});

test('the shape of a range covers as many cells as it has ports', () => {
  for (const [startPort, endPort] of [
    [0, 65_535],
    [250, 260],
    [100, 700],
    [255, 256],
    [10, 522],
    [511, 1024],
    [5, 5],
  ] as const) {
    expect(areaOf(shapeOf({ startPort, endPort }))).toBe(endPort - startPort + 1);
  }
});

test.each([
  ['<&>"\'`', '&#60;&#38;&#62;&#34;&#39;&#96;'],
  ['a\u0000b\nc\u001bd', 'a\uFFFDb\uFFFDc\uFFFDd'],
  ['exe.\u202Egpj', 'exe.\uFFFDgpj'],
  ['\uD800 lone', '\uFFFD lone'],
  ['Größe 🦀 日本', 'Größe 🦀 日本'],
])('escapes %j', (text, escaped) => {
  expect(escapeHtml(text)).toBe(escaped);
});

/** Area of outlines made of horizontal and vertical lines (shoelace formula). */
function areaOf(shape: string): number {
  let area = 0;
  for (const outline of shape.split('z').filter((part) => part !== '')) {
    const points: [number, number][] = [];
    let [x, y] = [0, 0];
    for (const [, command, one, other] of outline.matchAll(/([MHV])(\d+)(?: (\d+))?/g)) {
      if (command === 'M') [x, y] = [Number(one), Number(other)];
      else if (command === 'H') x = Number(one);
      else y = Number(one);
      points.push([x, y]);
    }
    const twice = points.reduce((sum, [ax, ay], index) => {
      const [bx, by] = points[(index + 1) % points.length] ?? [0, 0];
      return sum + ax * by - bx * ay;
    }, 0);
    area += Math.abs(twice) / 2;
  }
  return area;
}
