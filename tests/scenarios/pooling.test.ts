import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join as path, resolve } from 'node:path';
import { test } from 'node:test';
import { toBase64Url, type JsonObject } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

/** A service in a process of its own that asks for everything, and what it was given of each persona. */
interface Recorder extends ServiceProcess { id: string; contract: Record<string, unknown>; given(persona: string): string }

async function recorder(t: Parameters<typeof startService>[0] & { after(fn: () => void): void }, name: string, house: string): Promise<Recorder> {
  const data = tempFolder(t, name), made = makePotluck(suite, name);
  const contract = made.contract((document) => {
    const { dishes, profile } = document['collections'] as { dishes: { allow: JsonObject[] }; profile: { allow: JsonObject[] } };
    dishes.allow[3] = { who: 'service', may: ['read', 'watch', 'count'] };
    profile.allow.push({ who: 'service', may: ['read', 'watch', 'count'] });
  });
  writeFileSync(path(data, 'service-key'), toBase64Url(made.seed));
  writeFileSync(path(data, 'contract.json'), JSON.stringify(contract));
  const started = await startService(t, name, { data, house, main: resolve(import.meta.dirname, '../support/recording-service.ts') });
  return { ...started, id: made.id, contract: contract as unknown as Record<string, unknown>, given: (persona) => readFileSync(path(data, `given-${persona}`), 'latin1') };
}

/** Joins, keeps things that are said nowhere else, and has the service ask for all of it. */
async function live({ client, handle }: Member, service: Recorder, as: 'pseudonym' | 'self'): Promise<string> {
  const { hash } = await client.services.preview({ contract: service.contract });
  const { persona } = await client.services.join({ hash, as });
  const at = (collection: string) => ({ persona, service: service.id, collection });
  const said = (): string => toBase64Url(suite.random(12));
  const { blob } = await client.data.uploadBlob(at(''), new Uint8Array(suite.random(200)));
  await client.data.put(at('dishes'), [{ body: { title: said(), diet: said(), photo: blob } }, { body: { title: said() } }]);
  await client.data.put(at('profile'), [{ key: 'self', body: { name: said() } }]);
  await client.data.patch(at('dishes'), { title: { ne: '' } }, { date: said() });
  await client.data.put(at('notes'), [{ key: 'self', body: { name: `${handle} alone reads this` } }]);
  const visited = await fetch(`${service.origin}/visit`, { method: 'POST', body: JSON.stringify({ persona }) });
  assert.equal(visited.status, 200, await visited.text());
  return persona;
}

/** A moment that a text tells: a record's clock (of which the last four digits count what came within a millisecond), and the time of an answer. */
const MOMENT = /"at":"([0-9a-f]{12})([0-9a-f]{4})"|^date: (.*)$/gm;
const momentsOf = (given: string): number[] => [...given.matchAll(MOMENT)].map(([, clock, , date]) => (clock === undefined ? Date.parse(date!) : Number.parseInt(clock, 16)));

const LENGTH = 10;

/** Every run of letters and digits that is long enough to be no coincidence, with all its parts of one length; moments aside, which are asked of by themselves. */
function tracesOf(given: string): Set<string> {
  const traces = new Set<string>();
  for (const [word] of given.replace(MOMENT, '').matchAll(/[A-Za-z0-9_-]{10,}/g)) for (let i = 0; i + LENGTH <= word.length; i++) traces.add(word.slice(i, i + LENGTH));
  return traces;
}

const inBoth = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] => [...a].filter((one) => b.has(one));

test('two services that pool all that they were ever given cannot tell which two pseudonyms are one person; what does link is the house and the minute', async (t) => {
  const house = await startHouse(t, { data: tempFolder(t, 'pool') });
  const [one, two] = [await recorder(t, 'potluck', house.url), await recorder(t, 'chess', house.url)];
  const ada = await found(house), { invite } = await ada.client.invites.make({ uses: 4 });
  const people = [ada, await join(house, invite, 'ben'), await join(house, invite, 'cleo'), await join(house, invite, 'dora')];
  // Dora joins both as herself: whoever is one persona is found, so the search is one that finds.
  const asOf = ({ handle }: Member): 'pseudonym' | 'self' => (handle === 'dora' ? 'self' : 'pseudonym');
  const begun = Date.now(), personas: [string, string][] = [];
  for (const person of people) personas.push([await live(person, one, asOf(person)), await live(person, two, asOf(person))]);
  const ended = Date.now();

  assert.equal(new Set(personas.flat()).size, 7, 'a persona for each but Dora');
  const given = personas.map(([a, b]) => [one.given(a), two.given(b)] as const);
  const traces = given.map((both) => both.map(tracesOf) as [Set<string>, Set<string>]);
  // What any two people have in common, of the one with the one service and the other with the other, tells nobody apart.
  const common = new Set(traces.flatMap(([a], i) => traces.flatMap(([, b], j) => (i === j ? [] : inBoth(a, b)))));
  const telling = traces.map(([a, b]) => inBoth(a, b).filter((trace) => !common.has(trace)));
  assert.ok(telling[3]!.some((trace) => personas[3]![0].includes(trace)), 'one persona in both is found');
  assert.deepEqual(telling.slice(0, 3), [[], [], []]);

  // Nothing of who they are here, nor of what stays with them, was given at all.
  for (const [i, { persona, handle }] of people.entries()) for (const text of given[i]!) {
    if (asOf(people[i]!) === 'pseudonym') assert.ok(!text.includes(persona), `${handle} is named`);
    assert.ok(!/alone reads this|Ada|Ben|Cleo/.test(text));
  }

  // The first thing that links: every key log names the house. The second: clocks say when, and nothing but when.
  const { house: home } = await ada.client.house.prepare({ invite });
  for (const text of given.flat()) {
    assert.ok(text.includes(home), 'the house is named');
    for (const moment of momentsOf(text)) assert.ok(moment >= begun - 1000 && moment <= ended + 1000, 'a clock says another time than that of what was done');
  }
  const first = given.map(([a, b]) => Math.abs(Math.min(...momentsOf(a)) - Math.min(...momentsOf(b))));
  assert.ok(Math.min(...first) < 60_000, 'joined within a minute: that is to be seen');
});
