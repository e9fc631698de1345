import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { found, type Member } from '../support/people.ts';
import { photo } from '../../packages/house/src/testing/pictures.ts';

const POSTS = 80;
const KILLS = 3;

const textsOf = async ({ client, persona }: Member): Promise<string[]> => {
  const texts: string[] = [];
  for (let before: string | undefined; ;) {
    const { items, next } = await client.microblog.by(persona, { first: 100, ...(before === undefined ? {} : { before }) });
    texts.push(...items.map(({ body }) => body.text));
    if (next === null) return texts.toSorted();
    before = next;
  }
};

/** How many wait once some of them are posted: the house is in the middle of it, unless it is done. */
async function whenFewer({ client }: Member, than: number): Promise<number> {
  for (;;) {
    const { scheduled: { length } } = await client.later.scheduled();
    if (length < than) return length;
    await wait(5);
  }
}

test('posts that are due are posted once each, however often the house is killed meanwhile', async (t) => {
  const data = tempFolder(t, 'scheduled');
  let house = await startHouse(t, { data });
  let ada: Member = await found(house);
  const { image } = await ada.client.microblog.sendImage(new Uint8Array(await photo({ width: 64, height: 48 })));
  const due = Date.now() + 6000;
  const words = Array.from({ length: POSTS }, (_, i) => `number ${String(i).padStart(2, '0')}`);
  for (const text of words) await ada.client.later.schedule({ parts: [{ text, images: [image] }], audience: 'house', due }, text.replace(" ", "-"));
  let left = POSTS;
  const again = async () => {
    house = await startHouse(t, { data, port: house.port });
    ada = { ...ada, client: house.client(ada.session) };
  };
  for (let kill = 0; kill < KILLS && left > 0; kill++) {
    left = await whenFewer(ada, left);
    await house.kill();
    await again();
  }
  while (left > 0) left = await whenFewer(ada, left);
  // The last one waits no more before it is on disk, and timelines show it only then: a house that has stopped has waited for that.
  await house.stop();
  await again();
  assert.deepEqual(await textsOf(ada), words);
  const { items: [one] } = await ada.client.microblog.by(ada.persona, { first: 1 });
  const shown = await fetch(ada.client.data.blobUrl({ persona: ada.persona, service: 'microblog', collection: 'posts' }, one!.key, one!.body.images![0]!.full), { headers: { authorization: `Bearer ${ada.session}` } });
  assert.equal(shown.status, 200);
  await house.stop();
});
