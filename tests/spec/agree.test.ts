import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath, resolve } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonical, linesOf, verifyExport, type JsonObject } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import { close, hashOf, newBrowser, say } from '../../packages/house/src/testing/keys.ts';
import { verifyPodZip } from '../../packages/house/src/past/pod-lines.ts';
import { damagedFiles, exportedFiles, zipOf, type ZipDamage } from '../../spec/vectors/make/zip.ts';
import { spoiled } from '../oracle/hostile/spoiled.ts';
import { TIMES } from '../oracle/longer.ts';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { join } from '../support/people.ts';

const SPEC = resolve(import.meta.dirname, '../../spec');
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import cryptography']).status === 0);
const suite = makeNodeSuite();
const FLIPS = 200;
const SPOILED = 400 * TIMES;

// Reads many files in one process: a line of base64 each; answers "good" or the line and the code.
const READ_ALL = `
import base64, io, sys
sys.path.insert(0, sys.argv[1])
import packed
import pod
from encoding import Refused
for text in sys.stdin:
    data = base64.b64decode(text)
    try:
        pod.read(packed.lines_of_zip(io.BytesIO(data)) if data[:2] == b"PK" else pod.lines_of(io.BytesIO(data)))
        print("good")
    except Refused as refused:
        print(refused.line, refused.code)
`;

function theirs(files: readonly Uint8Array[]): string[] {
  const input = files.map((bytes) => `${Buffer.from(bytes).toString('base64')}\n`).join('');
  const { status, stdout, stderr } = spawnSync(python!, ['-B', '-c', READ_ALL, joinPath(SPEC, 'reader')], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
  assert.equal(status, 0, stderr);
  return stdout.trimEnd().split('\n');
}

async function ours(files: readonly Uint8Array[]): Promise<string[]> {
  const said = [];
  for (const bytes of files) {
    const verdict = bytes[0] === 0x50 && bytes[1] === 0x4b ? await asZip(bytes) : await verifyExport(suite, linesOf([bytes]));
    said.push(verdict.ok ? 'good' : `${verdict.line} ${verdict.code}`);
  }
  return said;
}

async function asZip(bytes: Uint8Array): ReturnType<typeof verifyPodZip> {
  const folder = mkdtempSync(joinPath(tmpdir(), 'commonhold-agree-'));
  try {
    writeFileSync(joinPath(folder, 'export.zip'), bytes);
    return await verifyPodZip(suite, joinPath(folder, 'export.zip'));
  } finally { rmSync(folder, { recursive: true }); }
}

/** The same numbers in every run (mulberry32). */
function dice(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let n = Math.imul(seed ^ (seed >>> 15), seed | 1);
    n ^= n + Math.imul(n ^ (n >>> 7), n | 61);
    return ((n ^ (n >>> 14)) >>> 0) % below;
  };
}

function flipped(good: Uint8Array, seed: number): Uint8Array[] {
  const roll = dice(seed);
  return Array.from({ length: FLIPS }, () => {
    const bytes = Uint8Array.from(good);
    bytes[roll(bytes.length)]! ^= 1 + roll(255);
    return bytes;
  });
}

/** Exports with one line made another: something in it, in its envelope, or something of another line in its place. */
function spoiledLines(lines: readonly string[], count: number): Uint8Array[] {
  const roll = dice(23);
  const one = (value: JsonObject): JsonObject => fc.sample(spoiled([value]), { numRuns: 1, seed: roll(2 ** 31) })[0]!;
  const change = (line: JsonObject, other: JsonObject): JsonObject => {
    const names = Object.keys(line), name = names[roll(names.length)]!;
    if (roll(3) === 0) return { ...line, [name]: other[name in other ? name : Object.keys(other)[roll(Object.keys(other).length)]!]! };
    const { envelope } = line;
    return typeof envelope === 'string' && roll(2) === 0 ? { ...line, envelope: textOf(one(JSON.parse(envelope) as JsonObject)) } : one(line);
  };
  return Array.from({ length: count }, () => {
    const at = roll(lines.length);
    const changed = change(JSON.parse(lines[at]!) as JsonObject, JSON.parse(lines[roll(lines.length)]!) as JsonObject);
    return Buffer.from(lines.toSpliced(at, 1, `${JSON.stringify(changed)}\n`).join(''));
  });
}

// What has no canonical form is spelled as it is.
function textOf(envelope: JsonObject): string {
  try { return canonical(envelope); } catch { return JSON.stringify(envelope); }
}

describe('the Python reader and core', { skip: python ? false : 'no Python with the cryptography package (Debian: python3-cryptography)' }, () => {
  const good = readFileSync(joinPath(SPEC, 'vectors/export.jsonl'));
  const lines = good.toString().match(/[^\n]*\n/g)!;

  it('say the same of export.jsonl and of every damage of export-bad.json', async () => {
    const { bad } = JSON.parse(readFileSync(joinPath(SPEC, 'vectors/export-bad.json'), 'utf8')) as { bad: { line: number; from?: string; to?: string; drop?: true; code: string }[] };
    const files = bad.map(({ line, from = '', to = '', drop }) =>
      Buffer.from(lines.toSpliced(line - 1, 1, ...(drop ? [] : [lines[line - 1]!.replace(from, () => to)])).join('')));
    const said = await ours([good, ...files]);
    assert.deepEqual(theirs([good, ...files]), said);
    assert.deepEqual(said.map((one) => one.split(' ').at(-1)), ['good', ...bad.map(({ code }) => code)]);
  });

  it('say of export.zip and of every damage of export-zip-bad.json what is expected, and the same of a byte of it flipped', async () => {
    const { bad } = JSON.parse(readFileSync(joinPath(SPEC, 'vectors/export-zip-bad.json'), 'utf8')) as { bad: ZipDamage[] };
    const zip = readFileSync(joinPath(SPEC, 'vectors/export.zip'));
    const files = [zip, ...bad.map((damage) => zipOf(damagedFiles(exportedFiles(), damage)))];
    const said = await ours(files);
    assert.deepEqual(theirs(files), said);
    assert.deepEqual(said.map((one) => one.split(' ').at(-1)), ['good', ...bad.map(({ code }) => code)]);
    const damaged = flipped(zip, 11);
    assert.deepEqual(theirs(damaged), await ours(damaged));
  });

  it(`say the same of ${SPOILED} exports of which somebody spoiled a line`, async () => {
    const files = spoiledLines(lines, SPOILED);
    const said = await ours(files);
    assert.deepEqual(theirs(files), said);
    const codes = new Set(said.map((one) => one.split(' ').at(-1)));
    assert.ok(codes.size > 20, `only ${[...codes].join(', ')}`);
  });

  it('say the same of lines in another order, left out, twice, cut and spelled otherwise', async () => {
    const edits = lines.flatMap((line, i) => [
      lines.toSpliced(i, 1), lines.toSpliced(i, 0, line), lines.toSpliced(i, 2, lines[i + 1] ?? '', line), lines.toSpliced(i, 1, line.slice(0, -1)),
      lines.toSpliced(i, 1, line.replaceAll(',', ' ,\t')), lines.toSpliced(i, 1, `\u{feff}${line}`), lines.toSpliced(i, 1, '\n'), lines.toSpliced(i, 1, '1e999\n'),
      lines.toSpliced(i, 1, line.replace(/:(\d+)/, ':$1.0')), lines.toSpliced(i, 1, line.replace('"type"', '"\\u0074ype"')), lines.toSpliced(i, 1, line.replace('"', '"\\ud800')),
      lines.toSpliced(i, 1, line.replace('{', '{"__proto__":1,')), lines.toSpliced(i, 1, line.replace('{', '{"constructor":{},')),
    ].map((edited) => Buffer.from(edited.join(''))));
    assert.deepEqual(theirs(edits), await ours(edits));
  });

  it('say the same of a real export with a byte flipped, and so does the command line', async (t) => {
    const data = tempFolder(t, 'agree');
    const file = joinPath(data, 'ada.jsonl');
    await exportOf(t, data, file);
    const real = readFileSync(file);
    const files = [real, ...flipped(real, 7), ...closesElsewhere(real.toString())];
    const said = await ours(files);
    assert.equal(said[0], 'good');
    assert.match(real.toString(), /^\{"type":"close",/m);
    assert.ok(said.slice(1).every((one) => one !== 'good'), 'a flipped byte was not seen');
    assert.deepEqual(theirs(files), said);
    const reader = spawnSync(python!, ['-B', joinPath(SPEC, 'reader/pod.py'), file], { encoding: 'utf8' });
    assert.equal((await runCli(['verify', file], { data })).stdout, reader.stdout);
    writeFileSync(file, files[1]!);
    await assert.rejects(runCli(['verify', file], { data }), { code: 1, stdout: new RegExp(`^DAMAGED line ${said[1]!.replace(' ', ': ')}(:.*)?\n$`) });
  });
});

describe('the Python reader and core, of what services wrote', { skip: python ? false : 'no Python with the cryptography package (Debian: python3-cryptography)' }, () => {
  it('say the same of records that a service wrote, of a key that is not the one in the contract, and of each byte flipped', async () => {
    const { cases } = JSON.parse(readFileSync(joinPath(SPEC, 'vectors/export-services.json'), 'utf8')) as { cases: { text: string; code?: string }[] };
    const files = cases.map(({ text }) => Buffer.from(text));
    const said = await ours(files);
    assert.deepEqual(said.map((one) => one.split(' ').at(-1)), cases.map(({ code = 'good' }) => code));
    const all = [...files, ...flipped(files[0]!, 11)];
    assert.deepEqual(theirs(all), await ours(all));
  });
});

/** A lane closed twice, before it was announced, before the key log, without its lane, and in words that its revoker never signed. */
function closesElsewhere(text: string): Uint8Array[] {
  const lines = text.match(/[^\n]*\n/g)!;
  const at = lines.findIndex((line) => line.startsWith('{"type":"close"'));
  const one = lines[at]!;
  const lane = lines.findIndex((line) => line.startsWith('{"type":"lane"'));
  return [lines.toSpliced(at, 0, one), lines.toSpliced(lane, 0, one), lines.toSpliced(1, 0, one), lines.toSpliced(at, 1, one.replace(/"seq":\d+/, '"seq":0'))]
    .map((edited) => Buffer.from(edited.join('')));
}

/** A pod with posts, a reply, a removal, a follower who came, went and came again, and lanes that were closed. */
async function exportOf(t: Parameters<typeof startHouse>[0], data: string, file: string): Promise<void> {
  const house = await startHouse(t, { data });
  const code = house.code ?? '';
  const browser = newBrowser(await house.client().house.prepare({ code }));
  const { persona, session } = await house.client().house.setup({
    code, house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse battery staple' }, keyLog: browser.chain,
  });
  const ada = { persona, client: house.client(session) };
  const { invite } = await ada.client.invites.make();
  const ben = await join(house, invite, 'ben');
  const first = await ada.client.microblog.post({ text: 'Rehearsal at seven. 🎵\u2028', audience: 'house' }, 'one');
  await ada.client.microblog.post({ text: 'At eight', audience: 'house', replyTo: { persona: ada.persona, key: first.key } }, 'two');
  const gone = await ada.client.microblog.post({ text: 'For all to see', audience: 'everyone' }, 'three');
  await ada.client.microblog.remove(gone.key);
  for (const follows of [true, false, true]) {
    await (follows ? ben.client.people.follow(ada.persona) : ben.client.people.unfollow(ada.persona));
    for (let tries = 0; (await ada.client.people.get(ben.persona)).followsYou !== follows; tries++) assert.ok(tries < 200, 'it never arrived');
  }
  const { device } = browser.chain[1]!.statement as { device: string };
  const revoke = say(browser, browser.laptop, { type: 'revoke-device', device });
  const { lanes } = await ada.client.keys.lanes(device);
  await ada.client.keys.extend([revoke], lanes.map(({ lane, seq, chain }) => close(browser.laptop, { persona, device, lane, seq, chain, keyLogHead: hashOf(revoke) })));
  await runCli(['export', 'ada', '--lines', '--out', file], { data });
  await house.stop();
}
