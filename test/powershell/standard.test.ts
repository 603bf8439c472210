/** GUIDs, times, addresses and endpoints at the prompt: objects of .NET, in full and in constrained language. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toPlain } from '../../src/powershell/result.js';
import { openConstrained, runConstrained } from '../support/constrained.js';
import { nativeLibrary } from '../support/native-bridge.js';
import { useModule } from '../support/powershell-module.js';
import { STANDARD, STANDARD_SOURCE } from '../support/standard.js';

const bench = useModule();
let importLine: string;
let remove: () => void;

beforeAll(async () => {
  const library = await nativeLibrary(STANDARD_SOURCE, STANDARD);
  ({ remove } = library);
  const manifest = await bench.addModule(library.definition);
  importLine = bench.importLine({ NodePath: bench.node, LibraryPath: `${library.directory}/libstandard.so` }, manifest);
});

afterAll(() => remove?.());

const GUID = '6b29fc40-ca47-1067-b31d-00dd010662da';

/** Scripts, and what they show. */
const CASES: [script: string, shown: string[]][] = [
  [`Get-GuidText ([guid]'${GUID}')`, [GUID]],
  [`Get-GuidText '{${GUID.toUpperCase()}}'`, [GUID]],
  [`Get-OptionalGuidText; Get-OptionalGuidText $null; Get-OptionalGuidText '${GUID}'`, ['none', 'none', GUID]],
  ['Get-Choice 5; Get-Choice 5 $null $null; Get-Choice 5 0 Low; Get-Choice 5 -choice High', ['-6', '-6', '6', '104']],
  ['7, 8 | Get-Choice -step 0', ['-3', '-2']],
  ['New-Object psobject -Property @{ from = 5; step = $null; choice = $null } | Get-Choice', ['-6']],
  [
    '(Get-Command Get-Choice -Syntax).Trim().Split([char]10)[0].Trim()',
    ['Get-Choice [-from] <int> [[-step] <int>] [[-choice] <Object>] [<CommonParameters>]'],
  ],
  ['(Get-SerialGuid 1).GetType().FullName', ['System.Guid']],
  ['(Get-Command Get-GuidText).Parameters.id.ParameterType.FullName', ['System.Guid']],
  [
    "$t = Add-Second ([datetime]::Parse('2026-11-29T04:05:06.7891234Z').ToUniversalTime()) 1; $t.ToString('o'); $t.Kind",
    ['2026-11-29T04:05:07.7891234Z', 'Utc'],
  ],
  // A time without a zone is local, as everywhere in .NET.
  ["$now = [datetime]'2026-07-01T12:00:00'; (Add-Second $now 0) -eq $now.ToUniversalTime()", ['True']],
  [
    '(Add-Second ([datetime]::MaxValue.ToUniversalTime().AddDays(-2)) 4000000000).GetType().FullName',
    ['System.UInt64'],
  ],
  [
    "$t = Add-Year ([datetime]'2026-11-29T04:05:06.789'); $t.ToString('o'); $t.Kind",
    ['2027-11-29T04:05:06.7890000', 'Unspecified'],
  ],
  ["(Add-Year ([datetime]'9999-01-01')).wYear", ['10000']],
  [
    '(Get-NextAddress 192.0.2.255).GetType().FullName; (Get-NextAddress 192.0.2.255).IPAddressToString',
    ['System.Net.IPAddress', '192.0.3.0'],
  ],
  ["Get-AddressText ([ipaddress]'2001:db8::1')", ['2001:db8::1']],
  [
    `$row = Get-AddressRow 10.0.0.1 '${GUID}' '1970-01-01Z'; "$($row.address) $($row.id) $($row.time.Ticks)"`,
    [`10.0.0.1 ${GUID} 621355968000000000`],
  ],
  [
    "Get-EndpointText '192.0.2.1:443'; Get-EndpointText ([Net.IPEndPoint]::new([ipaddress]'2001:db8::1', 53))",
    ['192.0.2.1:443', '[2001:db8::1]:53'],
  ],
  ['$e = Get-KnownEndpoint 1; $e.GetType().Name; $e.Address; $e.Port', ['IPEndPoint', '::1', '8080']],
  ['$null -eq (Get-KnownEndpoint 2)', ['True']],
  ["(Copy-Pair @{ Address = [Net.IPEndPoint]::new([ipaddress]'10.0.0.1', 5) }).Address.Port", ['5']],
  ["'S-1-5-32-544', 'S-1-0', 'S-1-5-21-1-2-3' | Copy-Sid", ['S-1-5-32-544', 'S-1-0', 'S-1-5-21-1-2-3']],
  ["'10.0.0.1', '10.0.0.255' | Get-NextAddress | ForEach-Object IPAddressToString", ['10.0.0.2', '10.0.1.0']],
];

describe.skipIf(process.platform !== 'linux').each(['full', 'constrained'])('in %s language', (language) => {
  const run = (script: string) => (language === 'full' ? bench.run(script) : runConstrained(bench, script));

  beforeAll(async () => {
    if (language === 'constrained') await openConstrained(bench);
    expect(await run(importLine)).toMatchObject({ output: [], errors: [], warnings: [] });
  });

  test.each(CASES)('%s', async (script, shown) => {
    const { output, errors } = await run(script);
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(output.map((one) => String(toPlain(one)))).toEqual(shown);
  });

  test.each([
    ["Get-GuidText 'x'", 'ParameterArgumentTransformationError,Get-GuidText', /x/],
    [
      "Get-NextAddress '::1'",
      'InvalidParameter,Get-NextAddress',
      /must be an IPv4 address such as 192.0.2.1, not "::1"/,
    ],
    ["Get-EndpointText '192.0.2.1'", 'InvalidParameter,Get-EndpointText', /must be an endpoint such as 192.0.2.1:80/],
    ["Copy-Sid 'Administrators'", 'InvalidParameter,Copy-Sid', /must be a SID such as S-1-5-32-544/],
    ["Add-Second ([datetime]'1500-01-01') 1", 'InvalidParameter,Add-Second', /a time from the year 1601/],
  ])('%s is refused', async (script, id, message) => {
    const { errors } = await run(script);
    expect(errors[0]?.fullyQualifiedErrorId).toBe(id);
    expect(errors[0]?.message).toMatch(message);
  });
});
