import { describe, expect, it } from 'vitest';
import { identifyNode } from '../../src/package/node-exe.js';
import { fakeNode } from './support.js';

describe('a node.exe', () => {
  it.each<[Parameters<typeof fakeNode>[0], object]>([
    [{}, { platform: 'win32-x64', version: '20.19.5', isSigned: true }],
    [
      { machine: 0xaa64, version: '22.0.0' },
      { platform: 'win32-arm64', version: '22.0.0', isSigned: true },
    ],
    [
      { machine: 0x14c, bits: 32, signed: false },
      { platform: 'win32-ia32', version: '20.19.5', isSigned: false },
    ],
    [{ version: '20.19.0' }, { platform: 'win32-x64', version: '20.19.0', isSigned: true }],
  ])('%j', (facts, expected) => {
    expect(identifyNode(fakeNode(facts))).toEqual(expected);
  });

  it.each<[string, Buffer, RegExp]>([
    ['an old version', fakeNode({ version: '20.18.9' }), /is Node\.js 20\.18\.9; the module needs 20\.19 or later/],
    ['a much older version', fakeNode({ version: '18.20.0' }), /is Node\.js 18\.20\.0/],
    ['another processor', fakeNode({ machine: 0x1c4 }), /processor/],
    ['another program', fakeNode({ product: 'Deno' }), /is not a node\.exe/],
    ['an empty file', Buffer.alloc(0), /is not a Windows program/],
    ['a text', Buffer.from('#!/bin/sh\necho v20.19.0\n'), /is not a Windows program/],
    ['a cut-off file', fakeNode().subarray(0, 200), /is not a Windows program/],
    [
      'an old program without a PE header',
      Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
      /is not a Windows program/,
    ],
  ])('refuses %s', (_name, file, message) => {
    expect(() => identifyNode(file)).toThrow(message);
  });
});
