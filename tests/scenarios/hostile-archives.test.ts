import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { changed, crowded, zipped } from '../support/hostile-archives.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { endOfMine } from '../support/jobs.ts';
import { found, type Member } from '../support/people.ts';

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
const ME = 'https://old.example/users/ada';
const MIB = 2 ** 20;

const note = (n: number, more: object = {}): object => ({ type: 'Create', object: { id: `${ME}/${n}`, type: 'Note', published: '2021-03-01T10:00:00Z', to: [PUBLIC], content: `<p>Post ${n}</p>`, ...more } });
const outbox = (items: readonly string[]): Buffer => Buffer.from(`{"orderedItems":[${items.join(',')}]}`);
const good = (n: number): string => JSON.stringify(note(n));
const file = (name: string, bytes: Uint8Array | string): { name: string; bytes: Uint8Array[] } => ({ name, bytes: [Buffer.from(bytes)] });

interface Ended { state: string; code: string | null; made: number; failed: string[] }

/** Sends an archive to the route, and waits for what becomes of it. */
async function bring({ client, session }: Member, url: string, bytes: Uint8Array): Promise<Ended> {
  const { job } = await client.imports.past(bytes as Uint8Array<ArrayBuffer>, 'as-it-was');
  const ended = await endOfMine({ client }, job.id);
  const { import: id, made = 0 } = (ended.result ?? {}) as { import?: string; made?: number };
  const lines = id === undefined ? '' : await (await fetch(url + client.imports.failuresUrl(id), { headers: { authorization: `Bearer ${session}` } })).text();
  const failed = lines.split('\n').filter(Boolean).map((line) => { const { item, why } = JSON.parse(line) as { item: string; why: string }; return `${why} ${item}`; });
  return { state: ended.state, code: ended.failed?.code ?? null, made, failed };
}

const peak = (pid: number): number => (process.platform === 'linux' ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024 : 0);
const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name);

test('hostile archives at the route: nothing leaves its place, each is refused or told item by item, in little memory, and the house goes on', async (t) => {
  const around = tempFolder(t, 'hostile'), data = join(around, 'data');
  const house = await startHouse(t, { data });
  const ada = await found(house);
  const send = (bytes: Uint8Array): Promise<Ended> => bring(ada, house.url, bytes);
  const before = peak(house.pid);

  const ways = await zipped([file('outbox.json', outbox([good(1)])), file('../up.json', '{}'), file('/etc/evil', 'x'), file('media/../../../evil', 'x'), file('C:\\evil', 'x'), file('link', '/etc/passwd'), file('pipe', ''), file('locked', 'x'), file('odd', 'x'), file('OUTBOX.json', '{}')]);
  const hostile = changed(ways, (copy, item) => {
    copy.writeUInt32LE((0o120777 << 16) >>> 0, item(5) + 38);
    copy.writeUInt32LE((0o010600 << 16) >>> 0, item(6) + 38);
    copy.writeUInt16LE(0x0809, item(7) + 8);
    copy.writeUInt16LE(99, item(8) + 10);
  });
  assert.deepEqual(await send(hostile), { state: 'done', code: null, made: 1, failed: [
    'unsafe_name ../up.json', 'unsafe_name /etc/evil', 'unsafe_name media/../../../evil', 'unsafe_name C:\\evil', 'link link', 'special pipe', 'encrypted locked', 'method odd', 'twice OUTBOX.json',
  ] });
  assert.deepEqual(readdirSync(around), ['data']);
  assert.ok(!filesIn(data).some((name) => /evil|up\.json|passwd/.test(name)));

  const zeros = await zipped([{ name: 'outbox.json', bytes: Array.from({ length: 40 }, () => Buffer.alloc(MIB)) }]);
  const liar = changed(await zipped([file('outbox.json', outbox(Array.from({ length: 50 }, (_, n) => good(n + 10))))]), (copy, item) => { copy.writeUInt32LE(10, item(0) + 24); });
  const twice = changed(await zipped([file('outbox.json', outbox([good(2)])), file('b', 'b')]), (copy, item) => { copy.writeUInt32LE(0, item(1) + 42); });
  for (const bomb of [zeros, liar, twice, gzipSync(Buffer.alloc(60 * MIB))]) assert.deepEqual(await send(bomb), { state: 'failed', code: 'archive_bomb', made: 0, failed: [] });

  const letters = Buffer.from(JSON.stringify(note(4)).replace('Post 4', 'Pöst 4'), 'latin1');
  const items = [Buffer.from(good(3)), Buffer.from('{"type" "Create"}'), letters, Buffer.from('['.repeat(200_000) + ']'.repeat(200_000)), Buffer.from(`"${'x'.repeat(MIB + 1)}"`), Buffer.from(JSON.stringify(note(5, { published: '99999-99-99' }))), Buffer.from(good(6))];
  const damaged = Buffer.concat([Buffer.from('{"orderedItems":['), ...items.flatMap((one, i) => (i === 0 ? [one] : [Buffer.from(','), one])), Buffer.from(']}')]);
  const told = await send(await zipped([file('outbox.json', damaged)]));
  assert.deepEqual(told, { state: 'done', code: null, made: 2, failed: ['not_json outbox.json #2', 'bad_encoding outbox.json #3', 'not_a_post outbox.json #4', 'too_big outbox.json #5', `bad_date ${ME}/5`] });
  assert.deepEqual(await send(await zipped([file('data/tweets.js', Buffer.from('window.YTD.tweets.part0 = [{"tweet":{}}]', 'utf16le'))])), { state: 'done', code: null, made: 0, failed: ['not_json data/tweets.js #1'] });
  for (const text of ['\ufeffno list at all', `{"orderedItems":[${'['.repeat(MIB)}`]) assert.equal((await send(await zipped([file('outbox.json', text)]))).code, 'archive_damaged');
  assert.equal((await send(gzipSync('no tar').subarray(0, 20))).code, 'archive_damaged');
  assert.equal((await send(Buffer.from('not an archive'))).code, 'archive_unknown');
  assert.deepEqual(await send(crowded({ name: 'outbox.json', text: outbox([good(8)]).toString() }, 1_000_000)), { state: 'failed', code: 'archive_too_many', made: 0, failed: [] });
  const quarter = await send(crowded({ name: 'outbox.json', text: outbox([good(9)]).toString() }, 250_000));
  assert.deepEqual(quarter, { state: 'done', code: null, made: 1, failed: [] });
  const grown = peak(house.pid) - before;
  assert.ok(grown < 256, `the house grew by ${grown} MiB`);

  assert.equal((await ada.client.me.get()).handle, 'ada');
  assert.deepEqual((await ada.client.microblog.by(ada.persona)).items.map(({ body }) => body.text).sort(), ['Post 1', 'Post 3', 'Post 6', 'Post 9']);
  assert.equal(filesIn(join(data, 'bringing')).includes('archive'), false);
});
