import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyKeyLog } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { makeSend, podOf, type Pod } from '@commonhold/sdk';
import type { PotluckCollections } from '../../services/potluck/types.ts';
import { foundIn } from '../support/bytes.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { until } from '../support/until.ts';

type Potluck = Pod<PotluckCollections>;
interface Guest { member: Member; pod: Potluck }
interface Table { members: number; silent: number; diets: Record<string, number>; busy: { date: string; meals: number }[]; dishes: number; answers: Record<string, number> }

const DAY = '2099-05-01';

async function guest({ client, persona: self }: Member, contract: Record<string, unknown>, member: Member): Promise<Guest> {
  const { hash } = await client.services.preview({ contract });
  const { persona, service, as } = await client.services.join({ hash });
  assert.deepEqual([as, persona === self], ['pseudonym', false]);
  return { member, pod: podOf<PotluckCollections>(client, { persona, service }) };
}

/** Calls a route of one's own membership. */
const mine = ({ member, pod }: Guest, house: HouseProcess) => {
  const send = makeSend({ base: house.url, session: member.session });
  const at = `/me/services/${pod.persona}/${pod.service}`;
  return <T>(verb: string, method = 'GET', body?: unknown): Promise<T> => send<T>(`${at}${verb}`, { method, ...(body !== undefined && { body }) });
};

/** Comes to Potluck as its page does: a secret in one's own pod is the proof. */
async function visit(potluck: ServiceProcess, house: HouseProcess, { pod }: Guest): Promise<() => Promise<Table>> {
  const secret = Buffer.from(nobleSuite.random(32)).toString('base64url');
  await pod.of('visit').put([{ key: 'self', body: { secret, createdAt: Date.now() } }]);
  const ask = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(potluck.origin + path, { method: 'POST', body: JSON.stringify(body) });
    const said = await answer.text();
    assert.ok(answer.ok, said);
    return JSON.parse(said);
  };
  const { token } = await ask('/visits', { house: house.url, persona: pod.persona, secret }) as { token: string };
  return async () => await ask('/table', { token }) as Table;
}

/** What of the log of somebody is about Potluck's own reading. */
async function readsOf({ member, pod }: Guest): Promise<string[]> {
  const { days } = await member.client.me.log();
  return days.flatMap(({ lines }) => lines).filter((line) => line.service === pod.service && line.who.kind === 'service').map((line) => `${line.verb} ${line.collection}${line.refused ? ' refused' : ''}`);
}

/** A single, a list, links, an inbox; dishes and answers that others bring. */
async function use(ada: Guest, ben: Guest): Promise<{ key: string; atAda: Potluck }> {
  await ada.pod.of('profile').put([{ key: 'self', body: { name: 'The one with the soup', diet: 'vegan' } }]);
  const { items: [meal] } = await ada.pod.of('meals').put([{ body: { title: TITLE, date: DAY, note: NOTE, createdAt: 1 } }]);
  const key = meal!.key;
  await ada.pod.of('friends').put([{ body: { persona: ben.pod.persona, relation: 'friend', note: 'likes dumplings', createdAt: 1 } }]);
  const atAda = podOf<PotluckCollections>(ben.member.client, ada.pod);
  assert.deepEqual(Object.keys((await atAda.of('meals').get(key)).body).sort(), ['createdAt', 'date', 'note', 'title'], 'a friend reads all of it');
  await ada.pod.of('friends').remove({ relation: { eq: 'friend' } });
  assert.deepEqual((await atAda.of('meals').get(key)).body, { title: TITLE, date: DAY }, 'a member reads what and when');
  await atAda.of('dishes').put([{ body: { meal: key, name: 'Dumplings', diet: 'vegetarian', serves: 6, createdAt: 2 } }]);
  await atAda.of('rsvps').put([{ body: { meal: key, answer: 'yes', guests: 1, createdAt: 2 } }]);
  await podOf<PotluckCollections>(ada.member.client, ben.pod).of('inbox').put([{ body: { meal: key, title: TITLE, date: DAY, createdAt: 2 } }]);
  assert.deepEqual((await ben.pod.of('inbox').query()).items.map(({ author, body }) => [author, body.title]), [[ada.pod.persona, TITLE]]);
  assert.deepEqual((await ada.pod.of('dishes').count({ by: 'diet' })).groups, [{ value: 'vegetarian', count: 1 }]);
  return { key, atAda };
}

async function leave({ ada, ben, house, potluck, key, atAda }: { ada: Guest; ben: Guest; house: HouseProcess; potluck: ServiceProcess; key: string; atAda: Potluck }): Promise<void> {
  await ben.pod.of('inbox').remove({ $author: { eq: ada.pod.persona } });
  await mine(ada, house)('', 'DELETE');
  await until('Ada has left', async () => (await ada.member.client.services.mine()).services.length === 0);
  await assert.rejects(atAda.of('meals').get(key), { status: 404 });
  assert.deepEqual((await (await visit(potluck, house, ben))()).members, 1, 'whoever left is forgotten');
}

test('Potluck beside a house: joined by two under pseudonyms, used, seen, narrowed, upgraded, paused and left', async (t) => {
  const data = tempFolder(t);
  const folder = tempFolder(t, 'potluck');
  const house = await startHouse(t, { data });
  let potluck = await startService(t, 'potluck', { data: folder, house: house.url, args: ['--version', '1'] });
  const first = await found(house);
  const second = await join(house, (await first.client.invites.make({})).invite, 'ben');
  const there = await first.client.services.preview({ address: potluck.origin });
  assert.deepEqual([there.blocks, there.signed, there.version], [[], true, 1]);
  const ada = await guest(first, there.contract, first);
  const ben = await guest(second, there.contract, second);

  const { key, atAda } = await use(ada, ben);

  // Its own reading: what the card says, and both logs tell of it.
  let table = await visit(potluck, house, ada);
  await visit(potluck, house, ben);
  assert.deepEqual(await table(), { members: 2, silent: 0, diets: { vegan: 1 }, busy: [{ date: DAY, meals: 1 }], dishes: 1, answers: {} });
  for (const [one, what] of [[ada, 'read meals'], [ben, 'read visit']] as const) await until('its reads are in the log', async () => (await readsOf(one)).includes(what));

  await mine(ada, house)('/narrowing', 'PUT', { rules: { 'profile.allow[2]': { off: true }, 'meals.allow[2]': { fields: ['title'] } } });
  assert.deepEqual((await table()).diets, {}, 'the next read lacks what was narrowed away');
  assert.deepEqual((await atAda.of('meals').get(key)).body, { title: TITLE });

  // The next version asks for more: nobody is moved to it, whoever stays goes on.
  await potluck.stop();
  potluck = await startService(t, 'potluck', { data: folder, house: house.url, port: potluck.port });
  const later = await ada.member.client.services.preview({ address: potluck.origin });
  assert.deepEqual([later.version, later.joined?.wider], [2, true]);
  const offered = await mine(ada, house)<{ to: { hash: string; wider: boolean } }>('/upgrade');
  assert.deepEqual([offered.to.hash, offered.to.wider], [later.hash, true]);
  table = await visit(potluck, house, ada);
  assert.deepEqual((await table()).answers, {}, 'version 1 says nothing of answers');
  await mine(ada, house)('/upgrade', 'POST', { hash: later.hash, earlier: true });
  table = await visit(potluck, house, ada);
  assert.deepEqual((await table()).answers, { yes: 1 });
  await ada.pod.of('meals').patch({ $key: { eq: key } }, { allergens: 'celery' });

  await mine(ada, house)('/pause', 'POST');
  await assert.rejects(atAda.of('meals').get(key), { status: 404 });
  assert.equal((await ada.pod.of('meals').get(key)).body.allergens, 'celery', 'one’s own is one’s own');
  await mine(ada, house)('/resume', 'POST');
  assert.deepEqual((await atAda.of('meals').get(key)).body, { title: TITLE });

  // What goes with leaving, also from the database files; what Ben was given is his until he drops it.
  const { keyLog } = await ada.member.client.services.get(ada.pod.persona, ada.pod.service);
  const inside = idsIn(await exportOf(ada, house), [...await namesOf(ada), ...await namesOf(ben)]);
  assert.ok(inside.length > 30, 'records, lanes, salts, chains, signatures');
  await leave({ ada, ben, house, potluck, key, atAda });
  await house.stop();
  const keys = keyLog.flatMap(({ statement }) => ['deviceKey', 'device', 'recoveryKey'].flatMap((name) => (typeof statement[name] === 'string' ? [statement[name] as string] : [])));
  assert.ok(keys.length > 0);
  const wanted = { title: TITLE, note: NOTE, persona: ada.pod.persona, ...both('key', keys), ...both('id', inside) };
  // Of a pseudonym that has ended its key log stays, so that everybody can check that it has. Whom Ben was invited by, his pod and his log know.
  const bens = foundIn(data, { ben: Buffer.from(ben.pod.persona) }).map((one) => one.replace('ben in ', ''));
  const left = foundIn(data, bytesOf(wanted)).filter((one) => !/^(persona|(raw )?key \d+) in house\.db(-wal)?$|^persona in log\.db(-wal)?$/.test(one) && !bens.includes(one.replace('persona in ', '')));
  assert.ok(bens.every((one) => /^(house|log|views)\.db|^pods\//.test(one)) && bens.filter((one) => one.startsWith('pods/') && one.endsWith('.db')).length === 1, bens.join());
  assert.deepEqual(left, []);
  assert.deepEqual(foundIn(folder, bytesOf(wanted)), [], 'Potluck keeps nothing of her either');
});

/** What the house gives whoever is about to leave: everything that Potluck keeps with them. */
async function exportOf({ member, pod }: Guest, house: HouseProcess): Promise<string> {
  const answer = await fetch(house.url + member.client.services.exportUrl(pod.persona, pod.service), { headers: { authorization: `Bearer ${member.session}` } });
  assert.equal(answer.status, 200);
  return answer.text();
}

/** By what somebody is known there: what their key log says, and its head. */
async function namesOf({ member, pod }: Guest): Promise<string[]> {
  const { keyLog } = await member.client.services.get(pod.persona, pod.service);
  const log = verifyKeyLog(nobleSuite, keyLog);
  assert.ok(log.ok);
  return [pod.persona, pod.service, log.value.head, ...keyLog.flatMap(({ statement }) => Object.values(statement)).filter((one) => typeof one === 'string')];
}

/** Every id, key, salt and signature that stands in an export, but what is known. */
function idsIn(text: string, names: readonly string[]): string[] {
  const known = new Set(names);
  const contract = new Set<string>();
  const found = new Set<string>();
  const walk = (value: unknown, into: Set<string>): void => {
    if (typeof value === 'string') { if (/^[\w-]{20,}$/.test(value) && !known.has(value)) into.add(value); } else if (value && typeof value === 'object') for (const one of Object.values(value)) walk(one, into);
  };
  for (const line of text.trimEnd().split('\n')) {
    const read = JSON.parse(line) as { type: string };
    walk(read, ['contract', 'statement', 'header', 'house'].includes(read.type) ? contract : found);
  }
  return [...found].filter((one) => !contract.has(one));
}

const both = (name: string, texts: readonly string[]): Record<string, string | Uint8Array> => Object.fromEntries(texts.flatMap((one, i) => [[`${name} ${i}`, one], [`raw ${name} ${i}`, Buffer.from(one, 'base64url')]]));
const TITLE = 'Kohlrabisuppe im Innenhof';
const NOTE = 'Der Schluessel liegt unter dem Blumentopf';
const bytesOf = (wanted: Record<string, string | Uint8Array>): Record<string, Buffer> => Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name, Buffer.from(value as string)]));
