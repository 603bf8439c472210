/** Hexadecimal numbers in a definition: as text, wherever a number can stand. */
import { expect, it } from 'vitest';
import { validateDefinitionText } from '../../../src/definition/validate.js';

const withConstant = (constant: string) => `{
  "name": "Sample", "library": "sample.dll",
  "types": { "Mode": { "type": { "flags": { "Read": "0x1", "Own": "0x80000000" }, "base": "DWORD" } },
             "Level": { "type": { "enum": { "Low": "0x10", "None": "-0x1" }, "base": "INT" } } },
  "functions": { "F": { "description": "F.", "callingConvention": "stdcall", "changesState": false,
    "parameters": [{ "name": "A", "type": "DWORD", "direction": "in", "constant": ${constant} },
                   { "name": "B", "type": "Mode", "direction": "in" }, { "name": "C", "type": "Level", "direction": "in" }],
    "returns": { "type": "HRESULT", "failure": { "when": { "mask": "0x80000000" }, "code": "hresult", "absent": ["0x80070490"] } } } },
  "errors": [{ "code": "0x80070005", "symbol": "E_ACCESSDENIED", "id": "AccessDenied", "category": "PermissionDenied",
    "message": "No.", "recommendedAction": "Ask." }],
  "cmdlets": { "Get-Sample": "F" } }`;

it('a text of hexadecimal digits is a number', () => {
  const { mistakes, value } = validateDefinitionText(withConstant('"0x20019"'));
  expect(mistakes).toEqual([]);
  expect(value?.functions.F?.parameters[0]?.constant).toBe(0x20019);
  expect(value?.functions.F?.returns.failure).toEqual({
    when: { mask: 0x8000_0000 },
    code: 'hresult',
    absent: [0x8007_0490],
  });
  expect(value?.types?.Level?.type).toEqual({ enum: { Low: 16, None: -1 }, base: 'INT' });
  expect(value?.errors[0]?.code).toBe(0x8007_0005);
});

it('a hexadecimal number of C gets the message what to write', () => {
  const { mistakes } = validateDefinitionText(withConstant('0x20019'));
  expect(mistakes.map(({ message }) => message).join('\n')).toContain(
    'JSON has no hexadecimal numbers: write "0x20019", as text',
  );
});
