/** The URLs of HTTP.sys, from what netsh http prints. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseServiceState,
  parseUrlReservations,
} from '../../../../src/extensions/port-reservation/netsh/http-table.js';
import type { NetshOptions } from '../../../../src/extensions/port-reservation/netsh/netsh.js';
import { readHttpUrls } from '../../../../src/extensions/port-reservation/netsh/netsh-http.js';

const QUEUES = `
Snapshot of HTTP service state (Request Queue View):
-----------------------------------------------------

Request queue name: Request queue is unnamed.
    Version: 2.0
    State: Active
    Request queue 503 verbosity level: Basic
    Max requests: 1000
    Number of active processes attached: 1
    Processes:
        ID: 4572, image: C:\\Windows\\System32\\svchost.exe
            Services: a, b
    Registered URLs:
        HTTP://*:5357/0F0D1234/
        HTTPS://[::1]:5358/

Request queue name: Two
    Max requests: 1000
    Number of active processes attached: 2
    Process IDs:
        11
        12
    Registered URLs:
        HTTP://+:80/
`.replaceAll('\n', '\r\n');

const RESERVED = `
URL-Reservierungen:
-----------------

    Reservierte URL            : http://*:2869/
        Benutzer: NT-AUTORIT\x8eT\\LOKALER DIENST
            SDDL: D:(A;;GX;;;LS)

    Reservierte URL            : https://+:443/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/
    Reservierte URL            : http://+:70000/
`;

const row = (url: string, port: number, processId: number | null = null, processName: string | null = null) => ({
  url,
  port,
  listening: true,
  processId,
  processName,
});

describe('the URLs of HTTP.sys', () => {
  it('that programs listen on, with the process of their queue if there is one', () => {
    expect(parseServiceState(Buffer.from(QUEUES))).toEqual([
      row('HTTP://*:5357/0F0D1234/', 5357, 4572, 'svchost.exe'),
      row('HTTPS://[::1]:5358/', 5358, 4572, 'svchost.exe'),
      row('HTTP://+:80/', 80),
    ]);
  });

  it('in other words, with other process lines: only numbers, images and URLs count', () => {
    const other = QUEUES.replace('ID: 4572, image: C:\\Windows\\System32\\svchost.exe', '4572')
      .replace('Number of active processes attached', 'Anzahl der aktiven Prozesse')
      .replace('Registered URLs', 'Registrierte URLs');
    expect(parseServiceState(other)[0]).toEqual(row('HTTP://*:5357/0F0D1234/', 5357, 4572));
    const unknown = QUEUES.replace('C:\\Windows\\System32\\svchost.exe', '<?>');
    expect(parseServiceState(unknown)[0]).toEqual(row('HTTP://*:5357/0F0D1234/', 5357, 4572));
  });

  it('that are reserved, in any language', () => {
    expect(parseUrlReservations(Buffer.from(RESERVED, 'latin1'))).toEqual([
      { ...row('http://*:2869/', 2869), listening: false },
      { ...row('https://+:443/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/', 443), listening: false },
    ]);
  });

  it('never more than ports and text, whatever is printed', () => {
    const piece = fc.constantFrom('http://', '+:', '80', '/', ' ', '\r\n', '    ', ',', ':', '[', ']', 'image: ', '4');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const { port } of [...parseServiceState(pieces.join('')), ...parseUrlReservations(pieces.join(''))])
          expect(port >= 1 && port <= 65_535).toBe(true);
      }),
    );
    const long = performance.now();
    parseServiceState(`    ${'a:'.repeat(100_000)}\r\n   ${', '.repeat(100_000)}: x\r\n${' http://'.repeat(50_000)}`);
    expect(performance.now() - long).toBeLessThan(2000);
  });
});

describe('asking netsh for them', () => {
  const answering = (answer: (args: string) => string | undefined) => {
    const asked: string[] = [];
    const options: NetshOptions = {
      platform: 'win32',
      systemDirectory: () => 'D:\\Win\\System32',
      run: async ({ path, args }) => {
        asked.push([path, ...args].join(' '));
        const text = answer(args.join(' '));
        const stdout = Buffer.from(text ?? 'The requested operation requires elevation.\r\n');
        return { status: text === undefined ? 1 : 0, failure: null, stdout, stderr: Buffer.alloc(0) };
      },
    };
    return { asked, options };
  };

  it('runs netsh by its absolute path', async () => {
    const { asked, options } = answering((args) => (args.includes('urlacl') ? RESERVED : QUEUES));
    expect((await readHttpUrls(options)).map(({ port, listening }) => [port, listening])).toEqual([
      [5357, true],
      [5358, true],
      [80, true],
      [2869, false],
      [443, false],
    ]);
    expect(asked).toEqual([
      'D:\\Win\\System32\\netsh.exe http show servicestate view=requestq',
      'D:\\Win\\System32\\netsh.exe http show urlacl',
    ]);
  });

  it('knows only what it can read: without elevation, the reservations', async () => {
    const { options } = answering((args) => (args.includes('urlacl') ? RESERVED : undefined));
    expect(await readHttpUrls(options)).toHaveLength(2);
    expect(await readHttpUrls(answering(() => undefined).options)).toEqual([]);
    expect(await readHttpUrls({ platform: 'linux' })).toEqual([]);
  });
});
