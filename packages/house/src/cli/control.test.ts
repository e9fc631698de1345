import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeControl } from '../doors/control/house-control.ts';
import type { ControlPort, Progress } from '../doors/control/port.ts';
import { openControlSocket, socketPath } from '../doors/control/socket.ts';
import { openTrialHouse, type TrialHouse } from '../testing/house.ts';
import { carryingOf } from '../past/open.ts';
import { controlOver, findRunning } from './control.ts';

let trial: TrialHouse;
let direct: ControlPort;
let socket: Awaited<ReturnType<typeof openControlSocket>>;
let over: ControlPort;

before(async () => {
  trial = await openTrialHouse(['ada', 'ben']);
  const { household, firewall, views } = trial.house;
  direct = makeControl({
    health: async () => [{ kind: 'disk', state: 'good', code: 'disk_room', facts: { free: 5 } }],
    secrets: trial.house.secrets, backups: trial.house.backups,
    data: trial.folder, departed: join(trial.folder, 'departed'), now: () => trial.clock.ms, version: '9.9.9', household, exportOf: firewall.exportOf, ...carryingOf(trial.house, () => 'http://localhost:4300'), jobs: trial.house.jobs, reindex: views.reindex, troubles: () => [{ code: 'no_space', say: 'Full.' }],
    addresses: () => ({ url: 'http://localhost:4300', lan: [] }), address: (path) => ({ url: `http://localhost:4300${path}`, reach: 'this-machine' }),
  });
  socket = await openControlSocket(trial.folder, direct);
  over = controlOver(socket.path);
});
after(async () => { await socket.close(); await trial.close(); });

const exported = async (port: ControlPort, handle: string, form: 'lines' | 'zip' = 'lines'): Promise<string> => {
  let text = '';
  await port.exportPerson(handle, form, async (piece) => { text += Buffer.from(piece).toString('latin1'); });
  return text;
};

describe('the owner asks a house over its socket', () => {
  it('which nobody else may open', { skip: process.platform === 'win32' ? 'a named pipe has no mode' : false }, () => {
    assert.equal(statSync(socket.path).mode & 0o777, 0o600);
  });

  it('how it is', async () => {
    const status = await over.status();
    assert.deepEqual({ ...status, memory: 0, since: 0 }, {
      pid: process.pid, version: '9.9.9', data: trial.folder, url: 'http://localhost:4300', lan: [], founded: true, title: 'Choir', people: 2, capacity: 300, memory: 0, since: 0,
      troubles: [{ code: 'no_space', say: 'Full.' }],
    });
  });

  it('for an invite by the steward, or by whom it names', async () => {
    const made = await over.invite({ uses: 3, note: 'altos' });
    const [own] = trial.house.household.invites({ persona: trial.people['ada']!.persona, role: 'steward' }).filter(({ invite }) => invite === made.invite);
    assert.deepEqual({ uses: own?.uses, note: own?.note }, { uses: 3, note: 'altos' });
    assert.equal(made.url, `http://localhost:4300/join/${made.invite}`);
    assert.ok((await over.invite({ by: '@ben' })).invite);
    await assert.rejects(over.invite({ by: 'eve' }), { name: 'Refusal', kind: 'not_found', code: 'person_unknown' });
    await assert.rejects(over.invite({ uses: 0 }), { name: 'Refusal', code: 'bad_invite' });
  });

  it('to reindex, and hears how far it is', async () => {
    const heard: Progress[] = [];
    await over.reindex((progress) => heard.push(progress));
    assert.deepEqual(heard, [{ done: 1, of: 2 }, { done: 2, of: 2 }]);
  });

  it('for a pod, and gets what the house itself would give', async () => {
    const lines = (text: string): string[] => text.trimEnd().split('\n').slice(1, -1);
    assert.deepEqual(lines(await exported(over, 'ben')), lines(await exported(direct, 'ben')));
    assert.match(await exported(over, 'ben', 'zip'), /^PK/);
    await assert.rejects(exported(over, 'eve'), { name: 'Refusal', code: 'person_unknown' });
  });

  it('to bring a list along, and hears what could not come', async () => {
    const list = async function* list(): AsyncGenerator<Uint8Array> { yield Buffer.from('ada@localhost:4300\neve@localhost:4300\nada@elsewhere.example\n'); };
    const { result, failures } = await over.importFile('ben', { kind: 'csv', list: 'mutes' }, list(), () => {});
    assert.deepEqual([result['made'], result['failed']], [1, 2]);
    assert.deepEqual(failures.trim().split('\n').map((line) => JSON.parse(line) as object), [{ item: 'eve@localhost:4300', why: 'person_unknown' }, { item: 'ada@elsewhere.example', why: 'elsewhere' }]);
    await assert.rejects(over.importFile('ben', { kind: 'past', choice: 'only-me' }, list(), () => {}), { name: 'Refusal', code: 'archive_unknown' });
  });

  it('and a stream that fails half-way never looks whole', async (t) => {
    const broken: ControlPort = { ...direct, exportPerson: async (_, _form, write) => { await write(Buffer.from('{"type":"commonhold-export"}\n')); throw new TypeError('disk gone'); }, reindex: async (tell) => { tell({ done: 1, of: 9 }); throw new TypeError('disk gone'); } };
    const other = join(trial.folder, 'pods');
    const second = await openControlSocket(other, broken);
    t.after(() => second.close());
    await assert.rejects(exported(controlOver(second.path), 'ben'));
    await assert.rejects(controlOver(second.path).reindex(() => undefined));
  });

  it('nothing else', async () => {
    const status = await new Promise((resolve, reject) => { request({ socketPath: socket.path, path: '/microblog/home' }, (answer) => { answer.resume(); resolve(answer.statusCode); }).on('error', reject).end(); });
    assert.equal(status, 404);
  });
});

describe('finding the running house', () => {
  it('by what its folder says, if it answers', async () => {
    trial.house.lock.tell({ socket: socket.path, port: 4300, url: 'http://localhost:4300' });
    assert.equal((await findRunning(trial.folder))?.pid, process.pid);
  });

  it('is nothing when the holder is gone, silent or never was', async () => {
    assert.equal(await findRunning(join(trial.folder, 'pods')), null);
    for (const holder of [{ pid: 999_999_999, socket: socket.path }, { pid: process.pid, socket: `${socket.path}.gone` }, { pid: process.pid, socket: null }]) {
      writeFileSync(join(trial.folder, 'house.lock'), JSON.stringify(holder));
      assert.equal(await findRunning(trial.folder), null);
    }
  });
});

describe('the place of the socket', () => {
  it('is the data folder, or a short path when that is too long', () => {
    assert.equal(socketPath('/srv/house'), process.platform === 'win32' ? socketPath('/srv/house') : '/srv/house/house.sock');
    assert.ok(Buffer.byteLength(socketPath(`/srv/${'long/'.repeat(40)}`)) <= 104);
  });
});

it('the owner of the machine does what stewards do', async () => {
  const { household, microblog } = trial.house;
  const [ada, ben] = [trial.people['ada']!, trial.people['ben']!];
  const { key } = await microblog.post(ben, { text: 'Loud\u001b[2J and long', audience: 'house' });
  const { report } = await household.care.report(ada, { about: { persona: ben.persona, key }, reason: 'noise' });
  const [line] = await over.reports('open');
  assert.deepEqual([line?.report, line?.about, line?.reporter, line?.said], [report, `@ben/${key}`, '@ada', 'Loud\u001b[2J and long']);
  await over.care({ do: 'answer', report, act: 'hide', words: 'Softer.' });
  assert.equal(household.care.hidden.shown(null, ben.persona, key), 'no');
  assert.equal((await over.reports('done'))[0]?.answer, 'hide');
  await over.care({ do: 'hide', post: `http://localhost:4300/@ben/${key}`, off: true });
  assert.equal(household.care.hidden.shown(null, ben.persona, key), 'yes');
  assert.match((await over.care({ do: 'suspend', who: '@ben', days: 2 })).said, /^ben of the choir is suspended until 2027-01-17/);
  assert.match((await over.care({ do: 'suspend', who: 'ben', off: true })).said, /can write again/);
  assert.match((await over.care({ do: 'expel', who: 'ben', days: 3 })).said, /leaves on 2027-01-18 .*departed, to be handed over/);
  await over.care({ do: 'expel', who: 'ben', off: true });
  assert.equal(household.care.standings.of(ben.persona), null);
  await over.care({ do: 'role', who: 'ben', role: 'steward' });
  assert.equal(household.personOf(ben.persona)!.role, 'steward');
  await over.care({ do: 'role', who: 'ben', role: 'member' });
  assert.deepEqual(household.care.notices.of(ben.persona).map(({ by }) => by).filter((by) => by !== null), [], 'told as from the machine');
  for (const [wish, code] of [[{ do: 'role', who: 'ada', role: 'member' }, 'last_steward'], [{ do: 'suspend', who: 'eve' }, 'person_unknown'], [{ do: 'hide', post: 'ben' }, 'bad_post'], [{ do: 'dance' }, 'bad_care'], [{ do: 'suspend', who: 'ben', days: 0.5 }, 'bad_care']] as const) {
    await assert.rejects(over.care(wish as never), { code });
  }
});

it('the owner asks for a way in, for stewards too', async () => {
  const { access } = trial.house.household;
  for (const handle of ['@ada', 'ben']) {
    const { url, name, expires } = await over.letIn(handle), way = new URL(url).hash.slice(1);
    assert.deepEqual([access.look({ way, from: 'x' }).name, new URL(url).pathname, expires], [name, '/login/way', trial.clock.ms + 86_400_000]);
  }
  await assert.rejects(over.letIn('eve'), { name: 'Refusal', kind: 'not_found', code: 'person_unknown' });
  await assert.rejects(over.letIn(' '), { name: 'Refusal', code: 'bad_care' });
});
