import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ALBUM } from '../testing/album.ts';
import { openTrialFirewall } from '../testing/firewall.ts';
import { NOTES } from '../testing/notes.ts';
import { ANYONE, type Caller } from './caller.ts';
import type { Gate } from './gate.ts';

const trial = openTrialFirewall(['ada', 'bob', 'cleo', 'dan'], NOTES, ALBUM);
after(() => trial.close());
const { ada, bob, cleo, dan } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dan', Caller & { persona: string }>;
const gate = (): Gate => trial.firewall.gate;
const house = `house:${trial.house}`;
const put = async (body: object, audience: string): Promise<string> => (await gate().data.put(ada, { persona: ada.persona, service: 'notes', collection: 'lines' }, { items: [{ body, audience }] })).items[0]!.key;
const link = (from: typeof ada, to: typeof ada, relation: string) => gate().transact(from, from.persona, 'people', (tx) => tx.put('links', { body: { persona: to.persona, relation, createdAt: 1 } }));

const keys = { house: await put({ title: 'for the house', rank: 1 }, 'house'), everyone: await put({ title: 'for all' }, 'everyone'), mine: await put({ title: 'mine' }, 'only-me') };
await link(ada, cleo, 'close');
await link(ada, dan, 'block');

/** What the log gained by something: `who collection verb how n`. */
async function gained(work: () => unknown): Promise<string[]> {
  const lines = () => new Map(trial.firewall.log.days(ada.persona, null, 14).days.flatMap(({ lines: of }) => of)
    .map(({ caller, collection, verb, audience, refused, rule, n }) => [`${caller ?? 'housemates'} ${collection} ${verb} ${refused ? rule : audience?.replace(house, 'house') ?? 'by name'}`, n]));
  const before = lines();
  await work();
  return [...lines()].filter(([name, n]) => n !== (before.get(name) ?? 0)).map(([name, n]) => `${name} ${n - (before.get(name) ?? 0)}`).sort();
}

/** A door that nobody has seen before: names on a line, `name key`. It proves the caller and asks the gate; of a log it knows nothing. */
async function openStrangeDoor(): Promise<{ ask(line: string): Promise<string>; close(): void }> {
  const known: Record<string, Caller> = { bob, cleo, ada };
  const server = createServer((socket: Socket) => {
    socket.setEncoding('utf8').on('data', (line: string) => {
      const [name = '', key = ''] = line.trim().split(' ');
      socket.end(gate().get(known[name] ?? ANYONE, ada.persona, 'notes', 'lines', key) ?? 'nothing');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return {
    ask: async (line) => {
      const socket = connect(port, '127.0.0.1').setEncoding('utf8');
      socket.write(`${line}\n`);
      let text = '';
      for await (const chunk of socket) text += String(chunk);
      return text;
    },
    close: () => server.close(),
  };
}

test('a door that was added finds its deliveries in the log without doing anything for it', async () => {
  const door = await openStrangeDoor();
  try {
    assert.deepEqual(await gained(async () => {
      assert.match(await door.ask(`bob ${keys.house}`), /for the house/);
      assert.match(await door.ask(`cleo ${keys.everyone}`), /for all/);
      assert.match(await door.ask(`nobody ${keys.everyone}`), /for all/);
      assert.match(await door.ask(`ada ${keys.mine}`), /mine/);
      assert.equal(await door.ask(`bob ${keys.mine}`), 'nothing');
      assert.equal(await door.ask('bob nothing'), 'nothing');
    }), [
      'anyone lines read everyone 1', 'housemates lines read everyone 1', 'housemates lines read house 1', `${bob.persona} lines read no_audience 1`,
    ].sort());
  } finally { door.close(); }
});

const target = { persona: ada.persona, service: 'notes', collection: 'lines' };
const heard = (caller: Caller, since?: string): Promise<number> => new Promise((resolve) => {
  let puts = 0;
  const watch = gate().data.watch(caller, { persona: ada.persona, service: 'notes', collections: ['lines'], ...(since === undefined ? {} : { since }) }, {
    hear: ({ type }) => { if (type === 'put') puts++; if (type === 'ready') { watch.stop(); resolve(puts); } return true; },
    end: () => resolve(puts),
  });
});

type Path = (caller: Caller) => Promise<{ verb: string; n: number }>;
const refusedIsNone = (error: { kind?: string }): null => { if (error.kind === 'not_found') return null; throw error; };
const itemsOf = (text: string | null): number => (text === null ? 0 : (JSON.parse(text) as { items: unknown[] }).items.length);
/** Every way on which the gate hands out records, each answering how many it handed out. */
const PATHS: Record<string, Path> = {
  get: async (caller) => ({ verb: 'read', n: Object.values(keys).filter((key) => gate().get(caller, ada.persona, 'notes', 'lines', key) !== null).length }),
  reader: async (caller) => ({ verb: 'read', n: Object.values(keys).filter((key) => gate().reader(caller, ada.persona, 'notes')?.get('lines', key)).length }),
  list: async (caller) => ({ verb: 'read', n: gate().reader(caller, ada.persona, 'notes')?.list('lines').length ?? 0 }),
  query: async (caller) => ({ verb: 'read', n: itemsOf(await gate().data.query(caller, target, {}).catch(refusedIsNone)) }),
  page: async (caller) => ({ verb: 'read', n: itemsOf(await gate().data.query(caller, target, { first: 1, order: ['-title'] }).catch(refusedIsNone)) }),
  found: async (caller) => ({ verb: 'read', n: itemsOf(await gate().data.query(caller, target, { where: { title: { prefix: 'for' } } }).catch(refusedIsNone)) }),
  watch: async (caller) => { try { return { verb: 'watch', n: await heard(caller) }; } catch (error) { refusedIsNone(error as object); return { verb: 'watch', n: 0 }; } },
};
const callers: Record<string, Caller> = { ada, bob, cleo, dan, anyone: ANYONE, machine: { kind: 'owner', persona: ada.persona } };

test('each delivery of each way leaves its trace, and what was not delivered leaves none', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...Object.keys(PATHS)), fc.constantFrom(...Object.keys(callers))), { maxLength: 6 }), async (steps) => {
    const due = new Map<string, number>();
    const got = await gained(async () => {
      for (const [path, name] of steps) {
        const { verb, n } = await PATHS[path]!(callers[name]!);
        const who = ['ada', 'machine'].includes(name) ? null : name === 'anyone' ? 'anyone' : 'housemates';
        if (who !== null && n > 0) due.set(`${who} ${verb}`, (due.get(`${who} ${verb}`) ?? 0) + n);
      }
    });
    const told = new Map<string, number>();
    for (const line of got) {
      const [who = '', , verb = '', how = '', n = ''] = line.split(' ');
      if (['house', 'everyone', 'only-me'].includes(how)) told.set(`${who} ${verb}`, (told.get(`${who} ${verb}`) ?? 0) + Number(n));
    }
    assert.deepEqual([...told].sort(), [...due].sort(), JSON.stringify({ steps, got }));
  }), { numRuns: 60 });
});

test('bytes are a delivery of the record that names them; what was not handed out is none', async () => {
  const bytes = Buffer.from('GIF89a, a picture');
  const { blob } = await gate().blobs.receive(ada, { persona: ada.persona, service: 'album' }, [bytes], bytes.length);
  const { items } = await gate().data.put(ada, { persona: ada.persona, service: 'album', collection: 'pages' }, { items: [{ body: { front: blob, back: blob }, audience: 'house' }] });
  const find = (caller: Caller, named = blob) => gate().blobs.find(caller, { persona: ada.persona, service: 'album', collection: 'pages', key: items[0]!.key }, named);
  assert.deepEqual(await gained(() => [find(ada), find(bob), find(bob), find(bob, 'A'.repeat(43)), find(dan), find(ANYONE)]), [
    'anyone pages read no_audience 1', 'housemates pages read house 2', `${dan.persona} pages read blocked 1`,
  ].sort());
});

test('a script of one’s own has a name in the log, on whatever way it comes; in another’s it is its person', async () => {
  const script = (of: { persona: string }): Caller => ({ kind: 'app', persona: of.persona, token: 'backup', label: 'Backup', services: null, write: true });
  const mine = await gained(async () => { for (const path of Object.values(PATHS)) await path(script(ada)); });
  assert.deepEqual(mine.map((line) => line.replace(/\d+$/, 'n')), ['app:backup lines read by name n', 'app:backup lines watch by name n']);
  assert.ok((await gained(async () => { for (const path of Object.values(PATHS)) await path(script(bob)); })).every((line) => !line.includes('backup')));
});

test('counting is a delivery of each audience that was counted', async () => {
  assert.deepEqual(await gained(() => gate().data.count(bob, target, {})), ['housemates lines count everyone 1', 'housemates lines count house 1']);
});

test('a stranger’s write and every refusal have a name; a block is told to whoever blocks, and not to the blocked', async () => {
  assert.deepEqual(await gained(() => gate().get(dan, ada.persona, 'notes', 'lines', keys.everyone)), [`${dan.persona} lines read blocked 1`]);
  const before = trial.firewall.log.days(dan.persona, null, 14).days;
  assert.equal(gate().get(ada, dan.persona, 'notes', 'lines', keys.everyone), null);
  assert.deepEqual(trial.firewall.log.days(dan.persona, null, 14).days, before, 'that ada asked, and why it failed, is not for dan');
  await assert.rejects(gate().data.put(bob, target, { items: [{ body: { title: 'x' } }] }), { code: 'not_found' });
  assert.deepEqual(await gained(() => gate().get(bob, ada.persona, 'notes', 'a name of my own making', 'x')), [`${bob.persona}  read unknown_collection 1`], 'nobody writes what they like into a log');
});

test('days are paged from the newest; nobody is told of what was before', () => {
  const { log } = trial.firewall;
  const day = 86_400_000;
  for (let i = 0; i < 5; i++) { trial.clock.ms += day; gate().get(ANYONE, ada.persona, 'notes', 'lines', keys.mine); }
  const first = log.days(ada.persona, null, 3);
  assert.deepEqual(first.days.map(({ day: number }) => number - Math.floor(trial.clock.ms / day)), [0, -1, -2]);
  const second = log.days(ada.persona, first.next, 3);
  assert.deepEqual(second.days.map(({ day: number }) => number - Math.floor(trial.clock.ms / day)), [-3, -4, -5]);
  assert.equal(second.next, null);
  assert.deepEqual(log.days(cleo.persona, null, 3), { days: [], next: null });
  trial.clock.ms += 95 * day;
  log.sweep();
  assert.deepEqual(log.days(ada.persona, null, 3), { days: [], next: null });
});
