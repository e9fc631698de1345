import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64Url, verifyKeyLog } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ApiError, createClient } from '@commonhold/sdk';
import { makeNewcomer, type Shelf } from './newcomer.ts';

const person = { handle: 'maja', name: 'Maja', passphrase: 'four quiet words here' };
const house = `c${'a'.repeat(52)}`;
const podDevice = (n: number): string => toBase64Url(nobleSuite.publicKey(new Uint8Array(32).fill(n)));
const signedIn = (persona: string) => ({ persona, handle: 'maja', session: 's' });

/** A client whose house prepares a new pod device each time, and answers logins as told. */
function client(login: () => unknown = () => { assert.fail('no login was expected'); }) {
  let prepared = 0;
  return createClient({
    fetch: async (to) => {
      if (String(to) === '/sessions') return Response.json(login());
      prepared++;
      return Response.json({ ticket: `t${prepared}`, podDevice: podDevice(prepared), house });
    },
  });
}

/** A device that keeps keys in memory. */
function device(): Shelf & { has(persona: string): boolean } {
  const held = new Set<string>();
  return { keep: async ({ persona }) => { held.add(persona); }, forget: async (persona) => { held.delete(persona); }, has: (persona) => held.has(persona) };
}

test('keys are on the device before the house hears of them', async () => {
  const shelf = device();
  const newcomer = makeNewcomer(client(), { code: 'a-b-c-1' }, shelf);
  await newcomer.start();
  const { persona } = newcomer.keys.value!;
  const answer = await newcomer.moveIn(person, async ({ keyLog }) => {
    assert.ok(shelf.has(persona));
    assert.ok(verifyKeyLog(nobleSuite, keyLog).ok);
    return signedIn(persona);
  });
  assert.equal(answer.persona, persona);
});

test('a refusal leaves no keys behind, and keeps the face for the next try', async () => {
  const shelf = device();
  const newcomer = makeNewcomer(client(), { invite: 'x' }, shelf);
  await newcomer.start();
  const { persona } = newcomer.keys.value!;
  await assert.rejects(newcomer.moveIn(person, async () => { throw new ApiError(409, 'handle_taken', ''); }), { code: 'handle_taken' });
  assert.equal(shelf.has(persona), false);
  assert.equal(newcomer.keys.value?.persona, persona);
});

test('silence keeps the keys; if the house had said yes, the next try signs in', async () => {
  const shelf = device();
  const newcomer = makeNewcomer(client(() => signedIn(newcomer.keys.value!.persona)), { invite: 'x' }, shelf);
  await newcomer.start();
  const { persona } = newcomer.keys.value!;
  await assert.rejects(newcomer.moveIn(person, async () => { throw new ApiError(0, 'unreachable', ''); }), { code: 'unreachable' });
  assert.ok(shelf.has(persona));
  const answer = await newcomer.moveIn(person, async () => { throw new ApiError(409, 'handle_taken', ''); });
  assert.equal(answer.persona, persona);
  assert.ok(shelf.has(persona));
});

test('a place that ran out is asked for again, for the same person', async () => {
  const shelf = device();
  const newcomer = makeNewcomer(client(), { invite: 'x' }, shelf);
  await newcomer.start();
  const { persona } = newcomer.keys.value!;
  const tickets: string[] = [];
  await newcomer.moveIn(person, async ({ ticket }) => {
    tickets.push(ticket);
    if (tickets.length === 1) throw new ApiError(400, 'ticket_unknown', '');
    return signedIn(persona);
  });
  assert.deepEqual(tickets, ['t1', 't2']);
  assert.equal(newcomer.keys.value?.persona, persona);
});

test('another face is another key', async () => {
  const shelf = device();
  const newcomer = makeNewcomer(client(), { invite: 'x' }, shelf);
  await newcomer.start();
  const { persona } = newcomer.keys.value!;
  await newcomer.another();
  assert.notEqual(newcomer.keys.value?.persona, persona);
});
