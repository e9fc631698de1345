import { signStatement, statementHash, toBase64Url, type Signed, type Statement, type Suite } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';
import type { Random } from '../random.ts';
import { signedOut, status, type Answer, type Generator } from './ask.ts';
import { mayRead, type Asker, type World } from './world.ts';

const suite: Suite = makeNodeSuite();

const keyOf = (seed: Uint8Array): string => toBase64Url(suite.publicKey(seed));
const hashOf = ({ statement }: Signed): string => statementHash(suite, statement);

const isMine = (of: (answer: { persona: string }) => boolean) => ({ json }: Answer): string | null => (of(json as { persona: string }) ? null : 'is somebody else');

const keyLog: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/keylog', judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? isMine(({ persona }) => persona === asker.persona)(answer) ?? asKnown(world, asker, answer)) };
};

function asKnown(world: World, asker: Asker, { json }: Answer): string | null {
  const due = world.keys.get(asker.persona!)!.statements.map(hashOf).join();
  const got = (json as { statements: Signed[] }).statements.map(hashOf).join();
  return got === due ? null : `shows ${got} instead of ${due}`;
}

/** Somebody tries to change a key log: the model knows by which keys, at which place, of whom. */
const extend: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const owner = random.once(4) ? random.pick([...world.keys.keys()]) : asker.persona ?? random.pick([...world.keys.keys()]);
  const keys = world.keys.get(owner)!;
  const stale = random.once(4);
  const on = keys.statements[stale ? 0 : keys.statements.length - 1]!;
  // The words at an old place would win: that is for scenarios.
  const signer = random.pick([...(stale ? [] : ['words']), 'laptop', 'laptop', 'stranger', 'forger']);
  const seed = signer === 'words' ? keys.recoverySeed : signer === 'stranger' ? suite.random(32) : keys.deviceSeed;
  // Most of what is sound is sent seldom, since a key log has room for some hundreds.
  const device = keys.devices.length > 0 && random.once(2) ? random.pick(keys.devices) : null;
  const add = { type: 'add-device', device: keyOf(suite.random(32)), capabilities: ['write'] };
  const own: { type: string; device?: string } = random.once(20) ? (device === null ? add : { type: 'revoke-device', device })
    : random.pick<{ type: string; device?: string }>([{ type: 'revoke-device', device: keyOf(suite.random(32)) }, { type: 'revert-home' }, { type: 'add-device', device: '__proto__' }, { type: 'inception' }, { type: 'nothing' }]);
  const height = on.statement.type === 'inception' ? 1 : on.statement.height + 1;
  const statement = { v: 1, persona: owner, height, prev: hashOf(on), by: keyOf(seed), ...own } as unknown as Statement;
  const signed = signStatement(suite, statement, [signer === 'forger' ? suite.random(32) : seed]);
  const sound = owner === asker.persona && !stale && (signer === 'words' || signer === 'laptop') && (own === add || (own.type === 'revoke-device' && own.device === device));
  return {
    asker, path: '/me/keylog', body: { statements: [signed] },
    judge: signedOut(asker) ?? ((answer) => {
      if (!sound) return status(400, 409)(answer);
      keys.statements.push(signed);
      keys.devices = own === add ? [...keys.devices, add.device] : keys.devices.filter((one) => one !== own.device);
      return status(200)(answer) ?? asKnown(world, asker, answer);
    }),
  };
};

const lanes: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const owner = random.pick([...world.keys.keys()]);
  const podDevice = (world.keys.get(owner)!.statements[1]!.statement as { device: string }).device;
  const device = random.pick([podDevice, podDevice, keyOf(suite.random(32)), 'short', '__proto__']);
  return {
    asker, path: `/me/lanes?device=${device}`,
    judge: signedOut(asker) ?? ((answer) => {
      if (device.length !== 43) return status(400)(answer);
      const bad = status(200)(answer);
      if (bad) return bad;
      const { lanes: got } = answer.json as { lanes: unknown[] };
      return (got.length > 0) === (device === podDevice && owner === asker.persona) ? null : `${got.length} lanes`;
    }),
  };
};

const theirs: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const who = random.pick([...world.people.keys(), ...[...world.people.values()].map(({ handle }) => handle), 'nobody', `c${'a'.repeat(52)}`, '__proto__']);
  const person = [...world.people.values()].find(({ persona, handle }) => persona === who || handle === who);
  const visible = person !== undefined && mayRead(world, asker, person.persona, 'people', 'profile', person.audience, person.persona === asker.persona);
  return {
    asker, path: `/people/${who}/keylog`,
    judge: asker.kind === 'impostor' ? status(401) : !visible ? status(404)
      : (answer) => status(200)(answer) ?? (world.keys.get(person.persona)!.statements.every(({ signatures }) => answer.text.includes(signatures[0]!)) ? null : 'lacks a statement'),
  };
};

const house: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return {
    asker, path: '/house/keylog',
    judge: asker.kind === 'impostor' ? status(401) : (answer) => status(200)(answer) ?? ([...world.people.keys()].some((persona) => answer.text.includes(persona)) ? 'tells of a person' : null),
  };
};

// Who guesses is slowed down: 429 is as good a no as the others.
const guess = (path: (random: Random) => string, body?: (world: World, random: Random) => unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: path(random), ...(body && { body: body(world, random) }), judge: asker.kind === 'impostor' ? status(401) : status(400, 404, 409, 410, 429) };
};

const handle = (random: Random): string => random.pick(['ada', 'bob', '@cy', 'nobody', '__proto__']);
const nameOf = (random: Random): string => random.pick([toBase64Url(suite.random(16)), 'A'.repeat(22), '__proto__', 'a%2fb']);
const ask = (): object => ({ device: keyOf(suite.random(32)), label: 'Phone', mac: 'A'.repeat(43), claim: toBase64Url(suite.random(32)) });

/** Nobody comes in by a statement that another key signed, or without a proof. */
const recover = guess(() => '/sessions/recovery', (world, random) => {
  const [persona, keys] = random.pick([...world.keys]);
  const on = keys.statements.at(-1)!;
  const seed = random.pick([keys.deviceSeed, keys.recoverySeed, suite.random(32)]);
  const height = on.statement.type === 'inception' ? 1 : on.statement.height + 1;
  const statement = { v: 1, persona, height, prev: hashOf(on), by: keyOf(seed), type: 'add-device', device: keyOf(suite.random(32)), capabilities: ['write'] } as Statement;
  return { handle: handle(random), statement: signStatement(suite, statement, [seed]), proof: 'A'.repeat(86) };
});

const openLink: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/links', body: {}, judge: signedOut(asker) ?? status(201, 409) };
};

const mineNone = (body?: unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/me/links/${nameOf(random)}`, ...(body === undefined ? {} : { body }), judge: signedOut(asker) ?? status(400, 404) };
};

/** Cases for key logs and devices. */
export const IDENTITY: Record<string, Generator> = {
  'GET /me/keylog': keyLog,
  'POST /me/keylog': extend,
  'GET /me/lanes': lanes,
  'GET /people/{who}/keylog': theirs,
  'GET /house/keylog': house,
  'POST /sessions/recovery/prepare': guess(() => '/sessions/recovery/prepare', (world, random) => ({
    handle: handle(random), recoveryKey: random.once(3) ? 'short' : keyOf(random.once(2) ? random.pick([...world.keys.values()]).deviceSeed : suite.random(32)),
  })),
  'POST /sessions/recovery': recover,
  'POST /me/links': openLink,
  'GET /me/links/{link}': mineNone(),
  'PUT /me/links/{link}': mineNone({ statement: {} }),
  'DELETE /me/links/{link}': mineNone(),
  'POST /links/{link}': guess((random) => `/links/${nameOf(random)}`, (_world, random) => (random.once(3) ? { ...ask(), mac: 1 } : ask())),
  'POST /links/{link}/claim': guess((random) => `/links/${nameOf(random)}/claim`, (_world, random) => ({ token: random.pick(['A'.repeat(43), 'A', null]) })),
};
