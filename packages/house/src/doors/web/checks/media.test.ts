import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HEAD_BYTES, mediaOf } from './media.ts';

/** First bytes: texts as they are, numbers as bytes. */
const head = (...parts: (string | number)[]): Buffer => Buffer.concat([Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part)))), Buffer.alloc(HEAD_BYTES)]).subarray(0, HEAD_BYTES);

const SHOWN: [string, Buffer][] = [
  ['image/png', head(0x89, 'PNG\r\n', 0x1a, '\n')], ['image/jpeg', head(0xff, 0xd8, 0xff, 0xe0)], ['image/gif', head('GIF87a')], ['image/gif', head('GIF89a')],
  ['image/webp', head('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')], ['image/avif', head(0, 0, 0, 32, 'ftypavif')], ['image/avif', head(0, 0, 0, 32, 'ftypavis')],
  ['video/mp4', head(0, 0, 0, 32, 'ftypisom')], ['video/mp4', head(0, 0, 0, 32, 'ftypmp42')], ['audio/mp4', head(0, 0, 0, 32, 'ftypM4A ')],
  ['video/webm', head(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, 'webm')],
  ['audio/ogg', head('OggS', ...Array<number>(24).fill(0), 1, 'vorbis')], ['video/ogg', head('OggS', ...Array<number>(24).fill(0), 0x80, 'theora')],
  ['audio/wav', head('RIFF', 1, 2, 3, 4, 'WAVEfmt ')], ['audio/flac', head('fLaC')], ['audio/mpeg', head('ID3', 4)], ['audio/mpeg', head(0xff, 0xfb, 0x90)],
];

test('types are seen from the first bytes', () => {
  for (const [type, bytes] of SHOWN) assert.deepEqual(mediaOf(bytes), { type, shown: true }, type);
});

test('what could run, and what nobody knows, is to be saved', () => {
  const texts = ['<svg xmlns="http://www.w3.org/2000/svg">', '<!doctype html><script>', '%PDF-1.7', '<?xml version="1.0"?>', 'PK\x03\x04', 'MZ', '#!/bin/sh', '', 'GIF88a', 'RIFF1234AVI ', 'hello'];
  const others = [head(0, 0, 0, 32, 'ftypqt  '), head(0, 0, 0, 32, 'ftypheic'), head(0, 0, 0, 32, 'ftypconstructor'), head(0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, 0x88, 'matroska'), head(0xff, 0xfe, '<')];
  for (const bytes of [...texts.map((text) => head(text)), ...others]) assert.deepEqual(mediaOf(bytes), { type: 'application/octet-stream', shown: false }, bytes.toString('latin1'));
});

test('no bytes make it fail, and no text is taken for anything', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: HEAD_BYTES }), (bytes) => { mediaOf(bytes); }));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'<>!/ abchtmlsvg&;="') }), (text) => { assert.equal(mediaOf(Buffer.from(text)).shown, false); }));
});
