import { signedOut, status, type Answer, type Generator } from './ask.ts';

/* What no passkey ever was: nobody of this world has one, so every answer is a no. */
const outer = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} };
const made = { ...outer, response: { clientDataJSON: 'e30', attestationObject: 'oA' } };
const used = { ...outer, response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' } };

const begin: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const sound = !random.once(4);
  return {
    asker, path: '/me/passkeys/options', body: sound ? {} : { extra: 1 },
    judge: signedOut(asker) ?? ((answer: Answer) => {
      if (!sound) return status(400)(answer);
      const due = Buffer.from(asker.persona!).toString('base64url');
      return status(200)(answer) ?? ((answer.json as { user: { id: string } }).user.id === due ? null : 'is for somebody else');
    }),
  };
};

const add: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/passkeys', body: random.pick<unknown>([{ response: made, label: 'x' }, { response: made }, { response: used, label: '' }, {}, { label: 'x', response: 7 }]), judge: signedOut(asker) ?? status(400) };
};

const enter: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const [body, due] = random.pick<[unknown, number]>([[{ response: used }, 401], [{ response: made }, 400], [{}, 400], [{ response: { ...used, id: '' } }, 400]]);
  return { asker, path: '/sessions/passkey', body, judge: asker.kind === 'impostor' ? status(401) : status(due) };
};

// Random letters spell a name now and then.
const withoutChallenge = (text: string): string => text.replace(/"challenge":"[^"]*"/, '');

const beginEnter: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const handle = random.pick(['ada', 'nobody', '']);
  return {
    asker, path: '/sessions/passkey/options', body: { handle },
    judge: asker.kind === 'impostor' ? status(401) : (answer) => status(200)(answer) ?? (/ada|nobody|allowCredentials/.test(withoutChallenge(answer.text)) ? 'tells who is here' : null),
  };
};

/** Cases for the routes of passkeys. */
export const PASSKEYS: Record<string, Generator> = {
  'POST /me/passkeys/options': begin,
  'POST /me/passkeys': add,
  'GET /me/passkeys': (world, random) => {
    const asker = random.pick(world.askers);
    return { asker, path: '/me/passkeys', judge: signedOut(asker) ?? ((answer) => status(200)(answer) ?? (answer.text === '{"passkeys":[]}' ? null : 'lists what nobody added')) };
  },
  'DELETE /me/passkeys/{id}': (world, random) => {
    const asker = random.pick(world.askers);
    return { asker, path: `/me/passkeys/${random.pick(['AAAA', '__proto__', 'a%2fb', 'options'])}`, judge: signedOut(asker) ?? status(404) };
  },
  'POST /sessions/passkey/options': beginEnter,
  'POST /sessions/passkey': enter,
};
