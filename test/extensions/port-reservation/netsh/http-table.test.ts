/** The URLs of HTTP.sys, from what netsh http prints. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseServiceState,
  parseUrlReservations,
} from '../../../../src/extensions/port-reservation/netsh/http-table.js';
import type { NetshOptions } from '../../../../src/extensions/port-reservation/netsh/netsh.js';
import { readHttpUrls } from '../../../../src/extensions/port-reservation/netsh/netsh-http.js';
import type { HttpUrl } from '../../../../src/extensions/port-reservation/ports/types.js';

/** Windows 10 since about 2018, Windows 11, Server 2019 to 2025. */
const QUEUES = `
Snapshot of HTTP service state (Request Queue View):
-----------------------------------------------------

Request queue name: Request queue is unnamed.
    Version: 1.0
    State: Active
    Request queue 503 verbosity level: Basic
    Max requests: 1000
    Number of active processes attached: 1
    Processes:
        ID: 8496, image: <?>
        Services: WinRM
        Tagged Service: WinRM
    URL groups:
    URL group ID: FE00000020000001
        State: Active
        Request queue name: Request queue is unnamed.
        Properties:
            Max bandwidth: inherited
            Timeouts:
                Timeout values inherited
            Number of registered URLs: 2
            Registered URLs:
                HTTP://+:5985/WSMAN/
                HTTP://+:47001/WSMAN/
        Server session ID: FF00000010000001
            Version: 1.0
            Properties:
                Max bandwidth: 4294967295
                Timeouts:
                    Entity body timeout (secs): 120

Request queue name: Request queue is unnamed.
    Version: 2.0
    State: Active
    Active requests: 0
    Queued requests: 0
    Max queued request age: 0s
    Number of active processes attached: 1
    Processes:
        ID: 2688, image: C:\\Windows\\System32\\svchost.exe
        Services: FDResPub, SSDPSRV, upnphost
        Tagged Service: FDResPub
    Registered URLs:
        HTTP://*:5357/0F0D1234/
        HTTPS://[::1]:5358/

Request queue name: Request queue is unnamed.
    Number of active processes attached: 1
    Processes:
        ID: 33704, image: D:\\Soft\\Remote Desktop Manager\\RemoteDesktopManager.exe
    Registered URLs:
        HTTP://127.0.0.1:19443:127.0.0.1/
        HTTPS://[FE80::1%12]:8443:[FE80::1%12]/a/
        HTTP://BUILD-07.CONTOSO.COM:19444/X:80/

Request queue name: DefaultAppPool
    Request queue 503 verbosity level: Limited
    Max requests: 1000
    Number of active processes attached: 2
    Controller process ID: 3408
    Processes:
        ID: 11, image: c:\\windows\\system32\\inetsrv\\w3wp.exe
        ID: 12, image: c:\\windows\\system32\\inetsrv\\w3wp.exe
    Registered URLs:
        HTTP://*:80:*/
`.replaceAll('\n', '\r\n');

/** Windows 7 to Windows 10 of 2017, Server 2008 R2 to 2016. */
const OLD_QUEUES = `
Momentaufnahme des HTTP-Dienststatus (Anforderungswarteschlangenansicht):
-----------------------------------------------------

Name der Anforderungswarteschlange: Anforderungswarteschlange ist unbenannt.
    Version: 2.0
    Status: Aktiv
    Ausf\x81hrlichkeitsgrad 503 der Anforderungswarteschlange: Standard
    Maximale Anforderungen: 1000
    Anzahl der angef\x81gten aktiven Prozesse: 1
    Prozess-IDs:
        1344
    URL-Gruppen:
    URL-Gruppen-ID: FA00000040000001
        Anzahl der registrierten URLs: 1
        Registrierte URLs:
            HTTP://+:8871/

Name der Anforderungswarteschlange: DefaultAppPool
    Maximale Anforderungen: 1000
    Anzahl der angef\x81gten aktiven Prozesse: 0
    Prozess-ID des Controllers: 3408
    Prozess-IDs:
    Registrierte URLs:
        HTTP://*:80/
`;

/** The same URLs twice: with their sessions, and with their queues. */
const SESSIONS = `
Snapshot of HTTP service state (Server Session View):
-----------------------------------------------------

Server session ID: FF00000010000001
    Version: 1.0
    State: Active
    Properties:
        Max bandwidth: 4294967295
    URL groups:
    URL group ID: FE00000020000001
        State: Active
        Request queue name: Request queue is unnamed.
        Number of registered URLs: 2
        Registered URLs:
            HTTP://+:5985/WSMAN/
            HTTP://+:8000/MONITORSERVICE/

Request queues:
    Request queue name: Request queue is unnamed.
        Version: 1.0
        Number of active processes attached: 1
        Processes:
            ID: 1412, image: <?>
        Registered URLs:
            HTTP://+:5985/WSMAN/

    Request queue name: Reports
        Version: 2.0
        Number of active processes attached: 1
        Processes:
            ID: 4796, image: C:\\a\\Reports.exe
        Registered URLs:
            HTTP://+:8000/MONITORSERVICE/
`;

const RESERVED = `
URL-Reservierungen:
-----------------

    Reservierte URL            : http://*:2869/
        Benutzer: NT-AUTORIT\x8eT\\LOKALER DIENST
            SDDL: D:(A;;GX;;;LS)

    Reservierte URL            : https://+:443/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/
    Reservierte URL            : http://+:70000/
`;

const row = (url: string, port: number, more: Partial<HttpUrl> = {}): HttpUrl => ({
  url,
  port,
  listening: true,
  processId: null,
  processName: null,
  service: null,
  queue: null,
  ...more,
});

describe('the URLs of HTTP.sys', () => {
  it('that programs listen on, with the process of their queue if it has one, its service, and the queue', () => {
    const winRm = { processId: 8496, service: 'WinRM' };
    const discovery = { processId: 2688, processName: 'svchost.exe', service: 'FDResPub' };
    const manager = { processId: 33_704, processName: 'RemoteDesktopManager.exe' };
    expect(parseServiceState(Buffer.from(QUEUES))).toEqual([
      row('HTTP://+:5985/WSMAN/', 5985, winRm),
      row('HTTP://+:47001/WSMAN/', 47_001, winRm),
      row('HTTP://*:5357/0F0D1234/', 5357, discovery),
      row('HTTPS://[::1]:5358/', 5358, discovery),
      row('HTTP://127.0.0.1:19443:127.0.0.1/', 19_443, manager),
      row('HTTPS://[FE80::1%12]:8443:[FE80::1%12]/a/', 8443, manager),
      row('HTTP://BUILD-07.CONTOSO.COM:19444/X:80/', 19_444, manager),
      row('HTTP://*:80:*/', 80, { queue: 'DefaultAppPool' }),
    ]);
  });

  it('of older releases, in other words, with process ids alone', () => {
    expect(parseServiceState(Buffer.from(OLD_QUEUES, 'latin1'))).toEqual([
      row('HTTP://+:8871/', 8871, { processId: 1344 }),
      row('HTTP://*:80/', 80, { queue: 'DefaultAppPool' }),
    ]);
  });

  it('in the view of sessions, each once', () => {
    expect(parseServiceState(SESSIONS)).toEqual([
      row('HTTP://+:5985/WSMAN/', 5985, { processId: 1412 }),
      row('HTTP://+:8000/MONITORSERVICE/', 8000, { processId: 4796, processName: 'Reports.exe', queue: 'Reports' }),
    ]);
    const older = SESSIONS.replaceAll(
      / +Processes:\n +ID: (\d+).*\n.*\n.*\n/g,
      '        Process IDs:\n            $1\n',
    );
    expect(parseServiceState(older)).toEqual([
      row('HTTP://+:5985/WSMAN/', 5985),
      row('HTTP://+:8000/MONITORSERVICE/', 8000),
    ]);
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
      ...[5985, 47_001, 5357, 5358, 19_443, 8443, 19_444, 80].map((port) => [port, true]),
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
