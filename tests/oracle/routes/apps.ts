import { signedOut, status, type Answer, type Generator } from './ask.ts';
import type { Random } from '../random.ts';

/* Nobody of this world joined a service that has apps: whatever is asked, nobody gets in, and nobody hears of anybody. */

const CLIENT = Buffer.alloc(32, 1).toString('base64url');
const SOUND = { clientId: CLIENT, redirectUri: 'https://app.example/back', responseType: 'code', codeChallenge: Buffer.alloc(32, 2).toString('base64url'), codeChallengeMethod: 'S256' };
const WRONG: Record<string, unknown>[] = [{ clientId: 'microblog' }, { redirectUri: 'back' }, { redirectUri: 'https://app.example/#x' }, { responseType: 'token' }, { codeChallenge: 'x' }, { codeChallengeMethod: 'plain' }, { state: 3 }, { more: 1 }];

const asked = (random: Random): { value: object; sound: boolean } => {
  const wrong = random.once(2) ? random.pick(WRONG) : null;
  return { value: { ...SOUND, ...(random.once(2) && { scope: 'basics' }), ...wrong }, sound: wrong === null };
};

const request: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const { value, sound } = asked(random);
  const notJoined = ({ json }: Answer): string | null => ((json as { joined: unknown }).joined === null ? null : 'says that somebody joined');
  return { asker, path: '/oauth/request', body: value, judge: signedOut(asker) ?? ((answer) => (sound ? status(200)(answer) ?? notJoined(answer) : status(400)(answer))) };
};

const authorize: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  const { value, sound } = asked(random);
  return { asker, path: '/oauth/authorize', body: { ...value, allow: random.once(2) }, judge: signedOut(asker) ?? status(sound ? 409 : 400) };
};

const form = (path: string, due: number): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const fields = { grant_type: random.pick(['authorization_code', 'refresh_token', 'password', '']), code: random.pick(['x', CLIENT]), refresh_token: `commonhold-refresh_${CLIENT}`, token: `commonhold-app_${CLIENT}`, client_id: CLIENT, code_verifier: 'x' };
  return { asker, path, raw: new URLSearchParams(fields).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' }, judge: status(asker.kind === 'impostor' ? 401 : due) };
};

const list: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/apps', judge: signedOut(asker) ?? ((answer) => (answer.text === '{"apps":[]}' ? null : `lists ${answer.text}`)) };
};

const end: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: `/me/apps/${random.pick(['nothing', CLIENT])}`, judge: signedOut(asker) ?? status(404) };
};

const metadata: Generator = (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/.well-known/oauth-authorization-server', judge: status(asker.kind === 'impostor' ? 401 : 200) };
};

/** Cases for letting apps of services in. */
export const APPS: Record<string, Generator> = {
  'POST /oauth/request': request, 'POST /oauth/authorize': authorize, 'POST /oauth/token': form('/oauth/token', 400), 'POST /oauth/revoke': form('/oauth/revoke', 200),
  'GET /me/apps': list, 'DELETE /me/apps/{id}': end, 'GET /.well-known/oauth-authorization-server': metadata,
};
