/** Tables that people paste: several, in any language, with and without command lines; what is cut is refused. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPastedTables } from '../../../../src/extensions/port-reservation/netsh/pasted-tables.js';
import { loadSimulation, showSimulation } from '../../../../src/extensions/port-reservation/simulation/manage.js';
import { freshStateFile } from '../../../simulation/support/fixtures.js';

const TABLES = `PS C:\\> netsh interface ipv4 show excludedportrange protocol=tcp

Protokoll "tcp" Portausschlussbereiche

Startport      Endport
----------    --------
      5357        5357
     50000       50059     *

* - Verwaltete Portausschlüsse.

PS C:\\> netsh int ipv6 show excludedportrange udp
Protocol udp Port Exclusion Ranges
Start Port    End Port
----------    --------
     60000       60099

* - Administered port exclusions.

协议 tcp 动态端口范围
---------------------------------
启动端口        : 1024
端口数          : 64511
`;

describe('several tables', () => {
  it('are read with their protocol, and IPv6 where a command line says it', () => {
    expect(readPastedTables(TABLES)).toEqual({
      exclusions: [
        { protocol: 'Tcp', addressFamily: 'IPv4', startPort: 5357, endPort: 5357, administered: false },
        { protocol: 'Tcp', addressFamily: 'IPv4', startPort: 50_000, endPort: 50_059, administered: true },
        { protocol: 'Udp', addressFamily: 'IPv6', startPort: 60_000, endPort: 60_099, administered: false },
      ],
      dynamicRanges: [{ protocol: 'Tcp', addressFamily: 'IPv4', startPort: 1024, numberOfPorts: 64_511 }],
    });
  });

  const bare = TABLES.slice(TABLES.indexOf('\n') + 1);
  it.each<[string, string]>([
    ['CRLF', TABLES.replaceAll('\n', '\r\n')],
    ['tabs', TABLES.replaceAll(/ {4,}/g, '\t')],
    ['a quoting mail', TABLES.replaceAll(/^/gm, '> ')],
    ['a mail that quotes a quoting mail', TABLES.replaceAll(/^/gm, '>> ').trim()],
    ['a tracker that quotes', TABLES.replaceAll(/^/gm, '| ')],
    ['no-break spaces', TABLES.replaceAll('  ', ' \u00a0')],
    ['a fence around it', `\`\`\`text\n${TABLES}\`\`\`\n`.replace('64511\n```', '64511\nPS C:\\> \n```')],
    ['a prompt of PowerShell below it', `${TABLES}\nPS C:\\Users\\a1> `],
    ['a prompt of cmd below it', `${TABLES}\nC:\\Windows\\System32>exit\n`],
    [
      'a prompt of netsh above and below it',
      `netsh interface ipv4>show excludedportrange tcp\n${bare}\nnetsh interface ipv4>`,
    ],
  ])('are the same with %s', (_name, text) => {
    const same = readPastedTables(TABLES);
    expect(readPastedTables(text)).toEqual(same);
    expect(readPastedTables(Buffer.from(text))).toEqual(same);
  });

  it('with Japanese titles', () => {
    const text =
      'プロトコル udp ポート除外範囲\n\n開始ポート      終了ポート\n----------    --------\n        80          80\n';
    const legend = '\n* - 管理されたポートの除外。\n';
    expect(readPastedTables(Buffer.from(text + legend)).exclusions).toMatchObject([{ protocol: 'Udp', endPort: 80 }]);
  });

  it('make a simulated computer, in place of the one before', async () => {
    const stateFile = freshStateFile();
    await loadSimulation(stateFile, readPastedTables(TABLES.replaceAll('\n', '\r\n')));
    expect(await showSimulation(stateFile)).toEqual({
      stateFile,
      restarts: 0,
      reservations: [],
      exclusions: [
        { pool: 'tcp', startPort: 5357, numberOfPorts: 1, administered: false },
        { pool: 'tcp', startPort: 50_000, numberOfPorts: 60, administered: true },
        { pool: 'udp', startPort: 60_000, numberOfPorts: 100, administered: false },
      ],
      dynamicRanges: { tcp: { startPort: 1024, numberOfPorts: 64_511 } },
    });
  });
});

const BARE = 'Start Port    End Port\n----------    --------\n      80        80\n';

describe('a cut paste', () => {
  it('without its title needs the protocol', () => {
    expect(() => readPastedTables(BARE)).toThrow(/no title above line 2 says whether the table is for TCP or UDP/);
    expect(readPastedTables(BARE, 'Udp').exclusions).toMatchObject([{ protocol: 'Udp', startPort: 80 }]);
  });

  it.each([
    ['no table', 'Protocol tcp Port Exclusion Ranges\n', /no line of dashes/],
    ['a row without its line end', `tcp\n${BARE.trimEnd()}`, /line end/],
    ['half a row', `tcp\n${BARE}     90\n`, /expected a row.*but line 5 is "90"\. The table begins at line 3/],
    [
      'numbers of ports',
      `tcp\n${BARE}     90        9\n`,
      /whose end is not below its start .*, but line 5 is "90 {8}9"/,
    ],
    [
      'rows without a line of dashes',
      '> tcp\n>   80    80\n',
      /: line 2, "80 {4}80", is a row without a line of dashes/,
    ],
    [
      'the rows of a second table without a line of dashes',
      `tcp\n${BARE}\nC:\\>netsh int ip show exc udp\n  90  90\n`,
      /: line 7, "90 {2}90", is a row without a line of dashes above it, so the table above it was cut off/,
    ],
    ['a sentence with a number below it', `tcp\n${BARE}\nPorts of room 42\n`, /line 6 is "Ports of room 42"/],
    ['half a dynamic range', 'tcp\n------\nStart : 1024\n', /two lines/],
    ['no row', 'tcp\n----------    --------\n\n* - Legend.\n', /it has no row/],
  ])('is refused with its reason: %s', (_name, text, reason) => {
    expect(() => readPastedTables(text)).toThrow(reason);
  });
});

const CAPTURES = fileURLToPath(new URL('../../../../../shared/data/netsh/', import.meta.url));

describe.runIf(existsSync(CAPTURES))('the captures (../shared/data/netsh)', () => {
  it('are read, or refused with a reason', () => {
    const files = readdirSync(CAPTURES).filter((name) => /^(dynamic-|[a-z-]+-ipv\d-)/.test(name));
    const results = files.map((name) => {
      const protocol = name.includes('-udp-') ? 'Udp' : 'Tcp';
      try {
        const { exclusions, dynamicRanges } = readPastedTables(readFileSync(path.join(CAPTURES, name)), protocol);
        return [...exclusions, ...dynamicRanges].every((row) => row.protocol === protocol) ? 'read' : name;
      } catch (error) {
        return name === 'zh-ipv4-tcp-1.txt' ? 'read' : `${name}: ${(error as Error).message}`;
      }
    });
    expect(files.length).toBeGreaterThan(30);
    expect(results.filter((one) => one !== 'read')).toEqual([]);
  });
});
