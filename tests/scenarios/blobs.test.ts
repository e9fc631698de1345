import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { ApiError } from '@commonhold/sdk';
import { runCli } from '../support/cli.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, signIn, type Member } from '../support/people.ts';

const PROGRAM = join(import.meta.dirname, '../support/album-house.ts');
const MIB = 2 ** 20;
const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');
const albumOf = ({ persona }: Member, collection = 'pages') => ({ persona, service: 'album', collection });

type Test = Parameters<typeof startHouse>[0] & Parameters<typeof tempFolder>[0];

async function openAlbum(t: Test): Promise<{ house: HouseProcess; ada: Member; data: string }> {
  const data = tempFolder(t, 'blobs');
  const house = await startHouse(t, { data, main: PROGRAM });
  return { house, ada: await found(house), data };
}

const put = async (member: Member, body: Record<string, unknown>): Promise<string> => (await member.client.data.put(albumOf(member), [{ body }])).items[0]!.key;

async function get(member: Member, key: string, blob: string, headers: Record<string, string> = {}): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(member.client.data.blobUrl(albumOf(member), key, blob), { headers: { authorization: `Bearer ${member.session}`, ...headers } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Every file beside the pods, `.part` for those that are not whole. */
const blobFiles = (data: string): string[] => readdirSync(join(data, 'pods'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile() && one.parentPath.includes('.blobs')).map((one) => join(one.parentPath, one.name)).sort();
async function until(holds: () => boolean): Promise<void> { while (!holds()) await new Promise((done) => { setTimeout(done, 10); }); }

const memory = (pid: number, name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

test('64 MiB come and go through little memory, while others are served; every range is byte for byte what was sent', async (t) => {
  const { house, ada, data } = await openAlbum(t);
  const bytes = randomBytes(64 * MIB), blob = nameOf(bytes);
  const before = process.platform === 'linux' ? memory(house.pid, 'VmHWM') : 0;
  let served = 0, over = false;
  const others = (async () => { for (; !over; served++) await ada.client.me.get(); })();
  assert.deepEqual(await ada.client.data.uploadBlob(albumOf(ada), bytes), { blob, bytes: bytes.length });
  over = true;
  await others;
  assert.ok(served > 3, `${served} others were served meanwhile`);
  const key = await put(ada, { front: blob });
  assert.equal((await get(ada, key, blob)).bytes.compare(bytes), 0);
  if (process.platform === 'linux') {
    const grown = memory(house.pid, 'VmHWM') - before;
    assert.ok(grown < 48, `the house grew by ${grown} MiB`);
  }
  for (const [from, to] of [[0, 0], [1, 65536], [65535, 65537], [MIB - 1, 3 * MIB], [64 * MIB - 1, 64 * MIB - 1], [64 * MIB - 100_000, 70 * MIB]] as const) {
    const part = await get(ada, key, blob, { range: `bytes=${from}-${to}` });
    assert.equal(part.status, 206);
    assert.equal(part.bytes.compare(bytes.subarray(from, to + 1)), 0, `${from}-${to}`);
  }
  const tail = await get(ada, key, blob, { range: 'bytes=-70000' });
  assert.equal(tail.bytes.compare(bytes.subarray(-70_000)), 0);
  await assert.rejects(ada.client.data.uploadBlob(albumOf(ada), Buffer.concat([bytes, Buffer.of(1)])), (error) => error instanceof ApiError && (error.code === 'blob_too_big' || error.status === 0));
  assert.equal(blobFiles(data).length, 1);
  assert.equal(statSync(blobFiles(data)[0]!).mode & 0o777, 0o600);
});

test('a house that is killed while bytes come has lost nothing that it said yes to, and keeps nothing of the rest', async (t) => {
  const { house, ada, data } = await openAlbum(t);
  const sent = randomBytes(3 * MIB);
  const { blob } = await ada.client.data.uploadBlob(albumOf(ada), sent);
  const kept = await put(ada, { front: (await ada.client.data.uploadBlob(albumOf(ada), Buffer.from('kept'))).blob });
  const socket = connect(house.port, '127.0.0.1').on('error', () => {});
  socket.write(`POST /pods/${ada.persona}/album/blobs HTTP/1.1\r\nhost: localhost:${house.port}\r\nauthorization: Bearer ${ada.session}\r\ncontent-length: 5000000\r\n\r\n`);
  socket.write(randomBytes(MIB));
  await until(() => blobFiles(data).some((path) => path.endsWith('.part') && statSync(path).size === MIB));
  await house.kill();
  socket.destroy();
  assert.equal(blobFiles(data).length, 3);
  const { stdout } = await runCli(['verify', data], { data });
  assert.match(stdout, /2 pictures and other files, 3,145,732 bytes\.\n1 file is left over [^]*All is well\./);

  const again = await startHouse(t, { data, port: house.port, main: PROGRAM });
  const back = await signIn(again, 'ada');
  await until(() => blobFiles(data).length === 2);
  const key = await put(back, { front: blob });
  assert.equal((await get(back, key, blob)).bytes.compare(sent), 0, 'what was acknowledged is there to be named');
  assert.equal((await get(back, kept, nameOf(Buffer.from('kept')))).bytes.toString(), 'kept');
  await again.stop();
});

test('many who send the same and different bytes at once, and are killed at any moment, leave pods that are sound', async (t) => {
  const { house, ada, data } = await openAlbum(t);
  const texts = Array.from({ length: 6 }, (_, i) => randomBytes(40_000 + i));
  let now = house, member = ada;
  const said = new Map<string, Buffer>();
  for (let round = 0; round < 4; round++) {
    const writer = async (n: number): Promise<void> => {
      for (let i = 0; ; i++) {
        const bytes = texts[(n + i) % texts.length]!;
        try {
          const { blob } = await member.client.data.uploadBlob(albumOf(member), bytes);
          const key = await put(member, { front: blob });
          if (i % 3 === 2) await member.client.data.remove(albumOf(member), { $key: { eq: key } });
          else said.set(key, bytes);
        } catch (error) {
          // Somebody else's removal took the bytes away in between: then they are sent again.
          if (!(error instanceof ApiError) || error.status === 0) return;
          assert.ok(['blob_unknown', 'too_many_uploads'].includes(error.code), error.code);
        }
      }
    };
    const before = said.size;
    const writers = [0, 1, 2].map(writer);
    // At another moment of the writing each time, however slow the machine is.
    await until(() => said.size > before + 2 + round);
    await now.kill();
    await Promise.all(writers);
    now = await startHouse(t, { data, port: house.port, main: PROGRAM });
    member = await signIn(now, 'ada');
  }
  assert.ok(said.size > 10, `${said.size} were written`);
  for (const [key, bytes] of said) assert.equal((await get(member, key, nameOf(bytes))).bytes.compare(bytes), 0, key);
  await until(() => blobFiles(data).every((path) => !path.endsWith('.part')));
  await now.stop();
  const { stdout } = await runCli(['verify', data], { data });
  assert.match(stdout, /All is well\./);
});

test('verify tells which bytes are not as they came; an export with files is good to both readers, and no damage is', async (t) => {
  const { house, ada, data } = await openAlbum(t);
  const big = randomBytes(2 * MIB + 17);
  const shots = [big, Buffer.from('GIF89a, small')];
  for (const bytes of shots) await ada.client.data.uploadBlob(albumOf(ada), bytes);
  const key = await put(ada, { shots: shots.map((bytes) => ({ picture: nameOf(bytes) })) });
  const file = join(tempFolder(t, 'export'), 'ada.jsonl');
  await runCli(['export', 'ada', '--lines', '--out', file], { data });
  const text = readFileSync(file);
  assert.equal(text.toString().split('\n').filter((line) => line.startsWith('{"type":"blob"')).length, 4);
  const checks = async (): Promise<string[]> => {
    const ours = await runCli(['verify', file], { data }).catch((error: { stdout: string }) => error);
    const theirs = spawnSync('python3', ['-B', resolve(import.meta.dirname, '../../spec/reader/pod.py'), file], { encoding: 'utf8' });
    return [ours.stdout, theirs.stdout + theirs.stderr].map((out) => /DAMAGED line \d+: \w+|good/.exec(out)?.[0] ?? out);
  };
  const hasPython = spawnSync('python3', ['-c', 'import cryptography']).status === 0;
  const agree = async (due: RegExp): Promise<void> => {
    const [ours = '', theirs] = await checks();
    assert.match(ours, due);
    if (hasPython) assert.equal(theirs, ours);
  };
  await agree(/^good$/);
  const lines = text.toString().match(/[^\n]*\n/g)!;
  const at = lines.findIndex((line) => line.includes('"part":2,"parts":3'));
  for (const [damaged, due] of [[lines.toSpliced(at, 1), /blob_part/], [lines.toSpliced(at, 1, lines[at]!.replace(/"data":"../, '"data":"__')), /blob_hash/], [lines.filter((line) => !line.includes('"parts":1')), /blob_missing/]] as const) {
    writeFileSync(file, damaged.join(''));
    await agree(due);
  }
  await house.stop();
  const path = blobFiles(data).find((one) => statSync(one).size === big.length)!;
  truncateSync(path, MIB);
  const { stdout } = await runCli(['verify', data], { data }).catch((error: { stdout: string }) => error);
  assert.match(stdout, new RegExp(`DAMAGED ${path.slice(data.length + 1)}, @ada, blob ${nameOf(big)}: blob_changed: There are 1048576 bytes where ${big.length} were received\\.`));
  assert.match(stdout, /put the named files back from a backup/);
  const again = await startHouse(t, { data, main: PROGRAM });
  const back = await signIn(again, 'ada');
  const refused = await get(back, key, nameOf(big));
  assert.deepEqual([refused.status, (JSON.parse(refused.bytes.toString()) as { code: string }).code], [503, 'blob_damaged']);
  await back.client.data.uploadBlob(albumOf(back), big);
  assert.equal((await get(back, key, nameOf(big))).bytes.compare(big), 0, 'sent again, it is whole again');
  await again.stop();
});

test('an answer that nobody waits for ends, and the house goes on', async (t) => {
  const { house, ada } = await openAlbum(t);
  const bytes = randomBytes(20 * MIB);
  const { blob } = await ada.client.data.uploadBlob(albumOf(ada), bytes);
  const key = await put(ada, { front: blob });
  for (let i = 0; i < 5; i++) {
    const asked = request(ada.client.data.blobUrl(albumOf(ada), key, blob), { headers: { authorization: `Bearer ${ada.session}` } }).on('error', () => {});
    asked.end();
    const [answer] = await once(asked, 'response') as [IncomingMessage];
    await once(answer, 'data');
    asked.destroy();
  }
  if (process.platform === 'linux') await until(() => readdirSync(`/proc/${house.pid}/fd`).length > 0 && blobFds(house.pid) === 0);
  assert.equal((await get(ada, key, blob)).bytes.compare(bytes), 0);
});

const blobFds = (pid: number): number => spawnSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' }).stdout.split('\n').filter((line) => line.includes('.blobs/')).length;

test('a disk that fills up while bytes come: a sentence, nothing left behind, and records still have room', async (t) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) { t.skip('a small disk of its own needs Linux and root'); return; }
  const data = mkdtempSync(join(tmpdir(), 'commonhold-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', data]);
  t.after(() => { execFileSync('umount', ['-l', data]); rmdirSync(data); });
  const house = await startHouse(t, { data, main: PROGRAM });
  const ada = await found(house);
  await assert.rejects(ada.client.data.uploadBlob(albumOf(ada), Buffer.alloc(10 * MIB)), { status: 503, code: 'no_space' });
  const room = (): number => { const { bavail, bsize } = statfsSync(data); return bavail * bsize; };
  const before = room();
  const { status, json } = await sendPieces(house, ada, 30);
  assert.deepEqual([status, json['code']], [503, 'no_space']);
  assert.match(String(json['detail']), /full.*Make room/);
  assert.deepEqual(blobFiles(data), []);
  assert.ok(room() > before - MIB, 'all of it is given back');
  await ada.client.microblog.post({ text: 'there is room for words', audience: 'house' }, 'words');
  await house.stop();
});

/** Sends so many MiB without saying how many, and reads the answer whenever it comes. */
async function sendPieces(house: HouseProcess, { persona, session }: Member, pieces: number): Promise<{ status: number; json: Record<string, unknown> }> {
  const sent = request(`${house.url}/pods/${persona}/album/blobs`, { method: 'POST', headers: { authorization: `Bearer ${session}` } });
  let isAnswered = false;
  const answered = (once(sent, 'response') as Promise<[IncomingMessage]>).finally(() => { isAnswered = true; });
  for (let i = 0; i < pieces && !isAnswered; i++) if (!sent.write(Buffer.alloc(MIB, i))) await Promise.race([once(sent, 'drain'), answered]);
  sent.end();
  const [answer] = await answered;
  let text = '';
  for await (const piece of answer) text += String(piece);
  return { status: answer.statusCode ?? 0, json: JSON.parse(text) as Record<string, unknown> };
}

test('a trace of the system calls shows bytes and name on disk before the pod says so, and both before the answer', async (t) => {
  if (spawnSync('strace', ['-V']).status !== 0) { t.skip('the command strace is missing'); return; }
  const { house, ada } = await openAlbum(t);
  await ada.client.data.uploadBlob(albumOf(ada), Buffer.from('the first makes the folder'));
  const trace = join(tempFolder(t, 'trace'), 'trace');
  const tracer = spawn('strace', ['-f', '-y', '-s', '64', '-e', 'trace=fdatasync,fsync,rename,renameat,renameat2,write,writev,sendto', '-o', trace, '-p', String(house.pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => { tracer.kill('SIGKILL'); });
  await once(tracer.stderr, 'data');
  const { blob } = await ada.client.data.uploadBlob(albumOf(ada), Buffer.from('traced'));
  await house.stop();
  await once(tracer, 'exit');
  const sub = Buffer.from(blob, 'base64url').toString('hex').slice(0, 2);
  const calls = callsOf(readFileSync(trace, 'utf8'));
  const find = (name: RegExp, after = -1): Traced => calls.find(({ text, begun }) => begun > after && name.test(text)) ?? assert.fail(`no call ${String(name)}`);
  const bytes = find(/^fdatasync\(\d+<[^>]*\.part>/), named = find(/^rename.*\.part/);
  const places = [new RegExp(`^fsync\\(\\d+<[^>]*/${sub}>`), /^fsync\(\d+<[^>]*\.blobs>/].map((name) => find(name, named.begun));
  const noted = find(/^fdatasync\(\d+<[^>]*-wal>/, named.begun), said = find(/^(write|writev|sendto)\(.*HTTP\/1\.1 201/);
  assert.ok(bytes.ended < named.begun, 'the name is given to bytes that are on disk');
  for (const place of places) assert.ok(named.ended < place.begun && place.ended < noted.begun, 'the name is on disk before the pod has noted it');
  assert.ok(noted.ended < said.begun, 'the note is on disk before the answer');
});

/** A system call, with the lines of the trace in which it began and ended. */
interface Traced { text: string; begun: number; ended: number }

function callsOf(trace: string): Traced[] {
  const calls: Traced[] = [];
  const open = new Map<string, Traced>();
  for (const [at, line] of trace.split('\n').entries()) {
    const [, thread = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (text.startsWith('<...')) { const call = open.get(thread); if (call) call.ended = at; continue; }
    const call = { text, begun: at, ended: at };
    if (text.includes('<unfinished')) open.set(thread, call);
    calls.push(call);
  }
  return calls;
}
