import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Refusal } from '@commonhold/core';
import { LIMITS, openArchive, zipOf, type Archive, type ArchiveLimits, type ZipFile } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'commonhold-archive-'));
after(() => rmSync(folder, { recursive: true }));
const spool = join(folder, 'spool');
let n = 0;

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
const zipped = (files: Iterable<ZipFile>): Promise<Buffer> => bytesOf(zipOf(files));
const plain = (files: Record<string, string>, stored = false): Promise<Buffer> =>
  zipped(Object.entries(files).map(([name, text]) => ({ name, bytes: [Buffer.from(text)], stored })));

function opened(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<Archive> {
  const path = join(folder, `archive-${n++}`);
  writeFileSync(path, bytes);
  return openArchive(path, { spool, limits: { ...LIMITS, ...limits } });
}
async function contents(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<{ files: Record<string, string>; leftOut: string[] }> {
  const archive = await opened(bytes, limits);
  try {
    const files: Record<string, string> = {};
    for (const entry of archive.entries) files[entry.name] = (await bytesOf(entry.read())).toString('latin1');
    return { files, leftOut: archive.leftOut.map(({ name, why }) => `${why} ${name}`) };
  } finally { await archive.close(); }
}
const refused = (work: Promise<unknown>, code: string): Promise<void> => assert.rejects(work, (error) => error instanceof Refusal && error.code === code);
/** Every place where these four bytes stand. */
function places(bytes: Buffer, mark: number): number[] {
  const found: number[] = [];
  const four = Buffer.alloc(4);
  four.writeUInt32LE(mark);
  for (let at = bytes.indexOf(four); at >= 0; at = bytes.indexOf(four, at + 1)) found.push(at);
  return found;
}
const ITEM = 0x02014b50, END = 0x06054b50;
function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

test('whatever is packed comes out again, and another program reads the same', async () => {
  const name = fc.stringMatching(/^[a-zäß0-9][a-zäß0-9 ._-]{0,12}(\/[a-z0-9]{1,8})?$/);
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 700_000 }), fc.boolean()), { selector: ([one]) => one.toLowerCase(), maxLength: 6 }), async (files) => {
    const bytes = await zipped(files.map(([one, body, stored]) => ({ name: one, stored, bytes: [body.subarray(0, 9), body.subarray(9)] })));
    const archive = await opened(bytes);
    assert.deepEqual(archive.entries.map(({ name: one }) => one), files.map(([one]) => one));
    for (const [i, [, body]] of files.entries()) assert.ok((await bytesOf(archive.entries[i]!.read())).equals(Buffer.from(body)));
    await archive.close();
  }), { numRuns: 15 });
  const path = join(folder, 'for-python.zip');
  writeFileSync(path, await plain({ 'a.txt': 'x'.repeat(600_000), 'umlaut/ä.txt': 'grün' }));
  const said = execFileSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [(i.filename, i.file_size) for i in z.infolist()])', path]).toString().trim();
  assert.equal(said, "None [('a.txt', 600000), ('umlaut/ä.txt', 5)]");
});

test('names that lead elsewhere, links, and the second of two are left out, and told', async () => {
  const { files, leftOut } = await contents(await plain({ '../up': '1', '/root': '2', 'a/../../b': '3', 'c:\\windows': '4', 'C:/x': '5', 'ok/a': '6', 'OK/A': '7', './ok/b': '8', 'nul\0': '9', 'a\nb': '10', '..': '11' }));
  assert.deepEqual(files, { 'ok/a': '6', 'ok/b': '8' });
  assert.deepEqual(leftOut.map((line) => line.split(' ')[0]), ['unsafe_name', 'unsafe_name', 'unsafe_name', 'unsafe_name', 'unsafe_name', 'twice', 'unsafe_name', 'unsafe_name', 'unsafe_name']);
  const zip = await plain({ link: '/etc/passwd', pipe: '', secret: 'x', odd: 'y', good: 'z' });
  const [link, pipe, secret, odd] = places(zip, ITEM) as [number, number, number, number];
  const hostile = changed(zip, (copy) => {
    copy.writeUInt32LE((0o120777 << 16) >>> 0, link + 38);
    copy.writeUInt32LE((0o010600 << 16) >>> 0, pipe + 38);
    copy.writeUInt16LE(0x0809, secret + 8);
    copy.writeUInt16LE(99, odd + 10);
  });
  assert.deepEqual(await contents(hostile), { files: { good: 'z' }, leftOut: ['link link', 'special pipe', 'encrypted secret', 'method odd'] });
});

test('bombs are refused: by what they say, by what they are, by places that are unpacked twice, by their number', async () => {
  const zeros = await zipped([{ name: 'zeros', bytes: Array.from({ length: 40 }, () => Buffer.alloc(2 ** 20)) }]);
  await refused(opened(zeros), 'archive_bomb');
  await refused(opened(await plain({ a: 'x'.repeat(100), b: 'y'.repeat(100) }), { total: 150 }), 'archive_bomb');
  // It says to be small, and is not.
  const liar = changed(await plain({ a: 'x'.repeat(100_000) }), (copy) => { copy.writeUInt32LE(10, places(copy, ITEM)[0]! + 24); });
  await refused(contents(liar), 'archive_bomb');
  const twice = changed(await plain({ a: 'one', b: 'two' }), (copy) => { copy.writeUInt32LE(0, places(copy, ITEM)[1]! + 42); });
  await refused(opened(twice), 'archive_bomb');
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, 'x']));
  await refused(opened(await plain(many), { entries: 19 }), 'archive_too_many');
  const million = Buffer.alloc(56 + 20 + 22);
  million.writeUInt32LE(0x06064b50, 0);
  million.writeBigUInt64LE(1_000_000n, 32);
  million.writeUInt32LE(0x07064b50, 56);
  million.writeUInt32LE(END, 76);
  for (const at of [84, 86]) million.writeUInt16LE(0xffff, at);
  await refused(opened(Buffer.concat([Buffer.from('PK\x03\x04'), million.subarray(0, 64), Buffer.from([4, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]), million.subarray(76)])), 'archive_too_many');
});

test('more files than fit into a plain zip are packed and listed', async () => {
  const files = function* files(): Iterable<ZipFile> { for (let i = 0; i < 65_600; i++) yield { name: `m/${i}`, bytes: [], stored: true }; };
  const path = join(folder, 'many.zip');
  writeFileSync(path, await bytesOf(zipOf(files())));
  const archive = await openArchive(path, { spool });
  assert.equal(archive.entries.length, 65_600);
  assert.equal(archive.entries.at(-1)!.name, 'm/65599');
  await archive.close();
});

test('damage is said: cut off, a directory that is none, bytes that are others', async () => {
  const zip = await plain({ a: 'one'.repeat(1000), b: 'two' }, true);
  await refused(opened(zip.subarray(0, zip.length - 30)), 'archive_damaged');
  await refused(opened(changed(zip, (copy) => { copy.writeUInt32LE(0, places(copy, ITEM)[1]!); })), 'archive_damaged');
  await refused(opened(changed(zip, (copy) => { copy.writeUInt16LE(1, places(copy, END)[0]! + 10); })), 'archive_damaged');
  await refused(contents(changed(zip, (copy) => { copy[50] = 0x21; })), 'archive_damaged');
  await refused(contents(changed(await plain({ a: 'one'.repeat(1000) }), (copy) => { copy.fill(0xff, 33, 40); })), 'archive_damaged');
  await refused(opened(Buffer.from('hello')), 'archive_unknown');
  await refused(opened(Buffer.alloc(0)), 'archive_unknown');
});

test('names that do not say to be UTF-8 are read as what they are', async () => {
  const zip = changed(await plain({ 'gr_n.txt': 'x' }), (copy) => {
    for (const at of [places(copy, ITEM)[0]! + 46, 30]) copy[at + 2] = 0x81;
  });
  assert.deepEqual(Object.keys((await contents(zip)).files), ['grün.txt']);
});

test('whatever bytes come, the answer is an archive or a refusal', async () => {
  const good = [await plain({ a: 'one'.repeat(50), 'b/c': 'two' }), gzipSync(tarOf([{ name: 'a', body: 'one' }, { name: 'b', body: 'two' }]))];
  const damages = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
  await fc.assert(fc.asyncProperty(fc.constantFrom(...good), damages, fc.option(fc.nat()), async (bytes, changes, cut) => {
    const bad = changed(bytes, (copy) => { for (const [at, byte] of changes) copy[at % copy.length] = byte; });
    try { await contents(cut === null ? bad : bad.subarray(0, cut % bad.length)); } catch (error) { assert.ok(error instanceof Refusal, String(error)); }
  }), { numRuns: 400 });
  assert.ok(!readdirSync(folder).includes('spool'));
});

interface TarFile { name: string; body?: string; type?: string; size?: string }
function tarOf(files: readonly TarFile[]): Buffer {
  const blocks = files.flatMap(({ name, body = '', type = '0', size }) => {
    const head = Buffer.alloc(512);
    head.write(name, 0, 100);
    head.write(size ?? Buffer.byteLength(body).toString(8).padStart(11, '0'), 124);
    head.fill(' ', 148, 156);
    head.write(type, 156);
    head.write('ustar\0' + '00', 257);
    head.write(`${head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148);
    const text = Buffer.alloc(Math.ceil(Buffer.byteLength(body) / 512) * 512);
    text.write(body);
    return [head, text];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

test('a tar.gz as tar makes it, with long and foreign names, without its links', async () => {
  const home = join(folder, 'tar');
  const long = `${'long-'.repeat(30)}ü.txt`;
  mkdirSync(join(home, 'media'), { recursive: true });
  writeFileSync(join(home, 'outbox.json'), '{}');
  writeFileSync(join(home, 'media', long), 'picture');
  symlinkSync('/etc/passwd', join(home, 'media/link'));
  for (const format of ['gnu', 'posix', 'ustar']) {
    if (format === 'ustar') rmSync(join(home, 'media', long));
    execFileSync('tar', ['-C', home, `--format=${format}`, '-czf', join(folder, 'a.tar.gz'), '.']);
    const { files, leftOut } = await contents(readFileSync(join(folder, 'a.tar.gz')));
    assert.deepEqual(Object.entries(files).sort().map(([name, text]) => `${Buffer.from(name).toString()} ${text}`), [...(format === 'ustar' ? [] : [`media/${long} picture`]), 'outbox.json {}'], format);
    assert.deepEqual(leftOut, ['link ./media/link']);
  }
});

test('a hostile tar.gz: ways up, files that are longer than the archive, a bomb', async () => {
  assert.deepEqual(await contents(gzipSync(tarOf([{ name: '../up', body: '1' }, { name: '/root', body: '2' }, { name: 'dev', type: '3' }, { name: 'ok', body: '3' }]))),
    { files: { ok: '3' }, leftOut: ['unsafe_name ../up', 'unsafe_name /root', 'special dev'] });
  await refused(opened(gzipSync(tarOf([{ name: 'a', size: '77777777777' }])), { total: 2 ** 30 }), 'archive_bomb');
  await refused(opened(gzipSync(tarOf([{ name: 'a', size: '00000777777' }]))), 'archive_damaged');
  await refused(opened(gzipSync(Buffer.alloc(60 * 2 ** 20))), 'archive_bomb');
  await refused(opened(gzipSync(tarOf([{ name: 'a', body: 'x'.repeat(5000) }])).subarray(0, 60)), 'archive_damaged');
  await refused(opened(gzipSync(deflateRawSync('x'))), 'archive_damaged');
  assert.ok(!readdirSync(folder).includes('spool'));
});
