import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nobleSuite } from '@commonhold/core/noble';
import { podOf, type Pod } from '@commonhold/sdk';
import type { AddressBookCollections } from '../../services/address-book/types.ts';
import { foundIn } from '../support/bytes.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, type Member } from '../support/people.ts';
import { startService } from '../support/service-process.ts';
import { until } from '../support/until.ts';

type Listed = { member: Member; house: HouseProcess; pod: Pod<AddressBookCollections> };
interface People { people: { persona: string; house: string; lines: { kind: string; value: string }[] }[] }

/** The same name at two houses: nobody but these two stands for it. */
const NAME = 'Wilhelmine Quast';

test('the Address Book: people of two houses are found by what they say, to whom they say it, and vanish when they leave', async (t) => {
  const folder = tempFolder(t, 'book');
  const houses = [await startHouse(t, { data: tempFolder(t) }), await startHouse(t, { data: tempFolder(t) })] as const;
  const book = await startService(t, 'address-book', { data: folder, house: houses[0].url, args: ['--house', houses[1].url] });
  const ask = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(book.origin + path, { method: 'POST', body: JSON.stringify(body) });
    const said = await answer.text();
    assert.ok(answer.ok, said);
    return JSON.parse(said);
  };
  const comeIn = async (house: HouseProcess): Promise<Listed> => {
    const member = await found(house);
    const { hash } = await member.client.services.preview({ address: book.origin });
    const { persona, service } = await member.client.services.join({ hash });
    return { member, house, pod: podOf<AddressBookCollections>(member.client, { persona, service }) };
  };
  const visit = async ({ pod, house }: Listed): Promise<{ token: string; lines: number }> => {
    const secret = Buffer.from(nobleSuite.random(32)).toString('base64url');
    await pod.of('visit').put([{ key: 'self', body: { secret, createdAt: Date.now() } }]);
    return await ask('/visits', { house: house.url, persona: pod.persona, secret }) as { token: string; lines: number };
  };
  const seen = async (kind: string, value: string, token?: string): Promise<string[]> =>
    (await ask('/search', { kind, value, ...(token && { token }) }) as People).people.map(({ house, lines }) => `${house === houses[0].url ? 'first' : 'second'}: ${lines.map((line) => line.value).sort().join(', ')}`).sort();

  const [one, two] = await Promise.all([comeIn(houses[0]), comeIn(houses[1])]);
  const put = ({ pod }: Listed, kind: 'name' | 'handle' | 'interest' | 'email_hash', value: string, audience: string): Promise<unknown> => pod.of('facts').put([{ audience, body: { kind, value, createdAt: 1 } }]);
  await put(one, 'name', NAME, 'everyone');
  await put(one, 'interest', 'Beekeeping', 'members');
  await put(one, 'email_hash', 'a1b2c3', 'members');
  await put(one, 'interest', 'Secret gardens', 'only-me');
  await put(two, 'name', NAME, 'members');
  await put(two, 'interest', 'Nights', 'linked');
  assert.equal((await visit(one)).lines, 3);
  const { token, lines } = await visit(two);
  assert.equal(lines, 1);

  assert.deepEqual(await seen('name', 'wilhelmine'), [`first: ${NAME}`], 'a stranger finds what is for everyone');
  assert.deepEqual(await seen('name', 'wilhelmine', token), [`first: Beekeeping, ${NAME}`, `second: ${NAME}`], 'whoever joined finds what is for members');
  assert.deepEqual([await seen('email_hash', 'a1b2c3', token), await seen('interest', 'secret', token), await seen('interest', 'nights', token)], [[`first: Beekeeping, ${NAME}`], [], []]);

  const { items: [name] } = await one.pod.of('facts').query({ where: { kind: { eq: 'name' } } });
  await one.pod.of('facts').put([{ key: name!.key, audience: 'only-me', body: { kind: 'name', value: NAME, createdAt: 1 } }]);
  assert.deepEqual(await seen('name', 'wilhelmine'), [], 'what was taken back is not found, though nobody told the book');

  await two.member.client.services.leave(two.pod.persona, two.pod.service);
  await until('the second has left', async () => (await two.member.client.services.mine()).services.length === 0);
  await until('the book has forgotten', async () => (await seen('name', 'wilhelmine', (await visit(one)).token)).length === 0);
  await book.stop();
  assert.deepEqual(foundIn(folder, { persona: Buffer.from(two.pod.persona), name: Buffer.from(NAME.toLowerCase()) }), []);
});
