import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BLOB_PART, linesOf, toBase64Url, verifyExport, type JsonObject } from '../index.ts';
import { nobleSuite } from '../noble.ts';
import { readBlobs } from './blobs.ts';

const VECTORS = new URL('../../../spec/vectors/', import.meta.url);
const good = readFileSync(new URL('export.jsonl', VECTORS));
const { bad } = JSON.parse(readFileSync(new URL('export-bad.json', VECTORS), 'utf8')) as {
  bad: { name: string; line: number; from?: string; to?: string; drop?: true; code: string }[];
};
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const verdictOn = (bytes: Uint8Array) => verifyExport(nobleSuite, linesOf([bytes]));
const sameLines = good.toString().trimEnd().split('\n').map((line) => `${line}\n`);

async function codeOf(text: string | Uint8Array): Promise<string> {
  const verdict = await verdictOn(typeof text === 'string' ? utf8(text) : text);
  return verdict.ok ? 'good' : `${verdict.line} ${verdict.code}`;
}

describe('verifyExport', () => {
  it('sums up a good export', async () => {
    const verdict = await verdictOn(good);
    assert.ok(verdict.ok);
    const { persona, house, records, ...rest } = verdict.value;
    assert.equal(verdict.line, 26);
    assert.ok(good.includes(`"persona":"${persona}","exportedAt"`) && good.includes(`"house":"${house}"`));
    assert.deepEqual(Object.fromEntries(records), { 'album.pages': 2, 'microblog.posts': 2, 'people.followers': 1 });
    assert.deepEqual(rest, {
      retired: false, statements: 3, devices: { active: 2, all: 2 }, contracts: ['album', 'microblog', 'people'], lanes: 3, entries: 8, erased: 2,
      signatures: 4, authors: 1, blobs: { count: 2, bytes: 55 }, access: 2,
    });
  });

  for (const { name, line, from = '', to = '', drop, code } of bad) {
    it(`refuses: ${name}: ${code}`, async () => {
      const lines = [...sameLines];
      lines.splice(line - 1, 1, ...(drop ? [] : [lines[line - 1]!.replace(from, () => to)]));
      assert.equal((await codeOf(lines.join(''))).split(' ')[1], code);
    });
  }

  const { cases } = JSON.parse(readFileSync(new URL('export-services.json', VECTORS), 'utf8')) as { cases: { name: string; text: string; code?: string }[] };
  for (const { name, text, code = 'good' } of cases) it(`records by a service: ${name}: ${code}`, async () => assert.equal((await codeOf(text)).split(' ').at(-1), code));

  it('says in which line', async () => {
    assert.equal(await codeOf(good.toString().replace(' eight', ' seven')), '9 wrong_body');
    assert.equal(await codeOf(''), '0 bad_header');
    assert.equal(await codeOf(good.subarray(0, -1)), '26 not_json');
    assert.equal(await codeOf(sameLines.slice(0, -1).join('')), '25 end_missing');
    assert.equal(await codeOf(`${good.toString()}{}\n`), '27 after_end');
    assert.equal(await codeOf(`${sameLines[0]}[]\n`), '2 not_object');
    assert.equal(await codeOf(sameLines[0]! + sameLines[4]!), '2 bad_log');
    assert.equal(await codeOf(sameLines.toSpliced(5, 0, sameLines[1]!).join('')), '6 line_order');
    assert.equal(await codeOf(sameLines.toSpliced(8, 0, sameLines[6]!).join('')), '9 lane_twice');
  });

  it('takes only UTF-8, each name once however it is spelled, and lines of a bounded length', async () => {
    assert.equal(await codeOf(Buffer.concat([good.subarray(0, 10), Buffer.of(0xff), good.subarray(10)])), '1 not_json');
    assert.equal(await codeOf(`\u{feff}${good.toString()}`), '1 not_json');
    assert.equal(await codeOf(good.toString().replace('"v":1', '"v":1,"\\u0076" :1')), '1 not_json');
    assert.equal(await codeOf(good.toString().replace('"v":1', '"v":1,"__proto__":0')), '1 unknown_field');
    assert.equal(await codeOf(`{"a":"${' '.repeat(2 ** 22)}"}\n`), '1 not_json');
  });

  it('finds any one byte changed', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Uint8Array.from(good);
      changed[at]! ^= by;
      assert.notEqual(await codeOf(changed), 'good');
    }), { numRuns: 100, seed: 3 });
  });
});

describe('blobs of an export', () => {
  const part = (data: Uint8Array, n: number, parts: number, blob = hashOf(data)): JsonObject => ({ type: 'blob', service: 'album', blob, part: n, parts, data: toBase64Url(data) });
  const hashOf = (bytes: Uint8Array): string => toBase64Url(nobleSuite.sha256(bytes));
  const feed = (...lines: JsonObject[]): (string | boolean)[] => {
    const reading = readBlobs(nobleSuite, (service) => service === 'album');
    return lines.map((line) => { const fed = reading.feed(line); return fed.ok ? reading.isOpen : fed.code; });
  };
  const [big, small] = [new Uint8Array(BLOB_PART.bytes).fill(7), utf8('the end')];
  const all = hashOf(Uint8Array.from([...big, ...small]));

  it('come in parts, one after the other', () => {
    assert.deepEqual(feed(part(big, 1, 2, all), part(small, 2, 2, all)), [true, false]);
    assert.deepEqual(feed(part(big, 1, 1)), [false]);
    assert.deepEqual(feed(part(big, 1, 3, all), part(small, 3, 3, all)), [true, 'blob_part']);
    assert.deepEqual(feed(part(big, 1, 2, all), part(small, 2, 3, all)), [true, 'blob_part']);
    assert.deepEqual(feed(part(big, 1, 2, all), part(small, 1, 1)), [true, 'blob_part']);
    assert.deepEqual(feed(part(big, 1, 2, all), part(small, 2, 2)), [true, 'blob_part']);
    assert.deepEqual(feed(part(small, 1, 2, all)), ['blob_part']);
    assert.deepEqual(feed(part(small, 2, 1, all)), ['blob_part']);
    assert.deepEqual(feed(part(Uint8Array.from([...big, 1]), 1, 1)), ['blob_part']);
    assert.deepEqual(feed(part(big, 1, 65, all)), ['blob_part']);
    assert.deepEqual(feed(part(small, 1, 1), part(small, 1, 1)), [false, 'blob_twice']);
    assert.deepEqual(feed({ ...part(small, 1, 1), service: 'people' }), ['contract_missing']);
  });
});

describe('linesOf', () => {
  it('gives the same lines however a file is cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string()), fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (texts, sizes) => {
      const bytes = utf8(texts.join('\n'));
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length;) { const size = sizes.next().value as number; pieces.push(bytes.slice(at, at + size)); at += size; }
      const lines = [];
      for await (const line of linesOf(pieces)) lines.push(Buffer.from(line).toString());
      assert.equal(lines.join(''), texts.join('\n'));
      assert.ok(lines.every((line, i) => line.indexOf('\n') === line.length - 1 || (i === lines.length - 1 && !line.includes('\n'))));
    }));
  });

  it('stops at a line without end', async () => {
    let given = 0;
    function* endless() { for (;;) { given++; yield new Uint8Array(2 ** 20); } }
    const lines = [];
    for await (const line of linesOf(endless())) lines.push(line.length);
    assert.deepEqual([lines, given], [[5 * 2 ** 20], 5]);
  });
});
