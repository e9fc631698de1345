import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Standing } from '../doors/web/fixture.ts';
import { makePotluck } from './potluck.ts';
import { MEALS_ORIGIN } from './meals.ts';

/** Asks a route with sound values and checks the answer against the document; its JSON. */
export type Check = (method: string, path: string, real: string, options?: { token?: string; body?: unknown; raw?: string | Buffer; headers?: Record<string, string> }) => Promise<Record<string, unknown>>;

/** Tokens for scripts and for apps of a service. */
export async function tryTokens(check: Check, token: string, service: string): Promise<void> {
  const { id } = await check('POST', '/me/tokens', '/me/tokens', { token, body: { label: 'script', services: ['microblog'], write: true, days: 1 } });
  await check('GET', '/me/tokens', '/me/tokens', { token });
  await check('DELETE', '/me/tokens/{id}', `/me/tokens/${String(id)}`, { token });
  await tryApps(check, token, service);
}

/** Apps of a service, let in and out again. */
async function tryApps(check: Check, token: string, clientId: string): Promise<void> {
  const verifier = 'what-only-the-app-knows-and-nobody-else-0123456789';
  const ask = { clientId, redirectUri: `${MEALS_ORIGIN}/`, responseType: 'code', codeChallenge: createHash('sha256').update(verifier).digest('base64url'), codeChallengeMethod: 'S256' };
  const form = (fields: Record<string, string>) => ({ raw: new URLSearchParams({ client_id: clientId, ...fields }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  await check('GET', '/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server');
  await check('POST', '/oauth/request', '/oauth/request', { token, body: ask });
  const { redirect } = await check('POST', '/oauth/authorize', '/oauth/authorize', { token, body: { ...ask, allow: true } });
  const grant = { grant_type: 'authorization_code', code: new URL(String(redirect)).searchParams.get('code')!, code_verifier: verifier };
  await check('POST', '/oauth/token', '/oauth/token', form(grant));
  await check('POST', '/oauth/token', '/oauth/token', form({ grant_type: 'refresh_token', refresh_token: 'none' }));
  const { apps } = await check('GET', '/me/apps', '/me/apps', { token });
  await check('DELETE', '/me/apps/{id}', `/me/apps/${(apps as { id: string }[])[0]!.id}`, { token });
  const { report } = await check('POST', '/house/reports', '/house/reports', { token, body: { about: { service: clientId }, reason: 'noise', withLog: true } });
  await check('GET', '/house/reports', '/house/reports', { token });
  await check('POST', '/house/reports/{id}/answer', `/house/reports/${String(report)}/answer`, { token, body: { act: 'unshelve' } });
  await check('POST', '/house/reports', '/house/reports', { token, body: { about: { service: clientId, key: 'self' }, reason: 'noise' } });
}

/** Work that takes its time, of one's own and of the house's; backups among it. */
export async function tryJobs(check: Check, { house: { jobs }, folder }: Standing, { token, persona }: { token: string; persona: string }): Promise<void> {
  for (const [owner, path] of [[persona, '/me/jobs'], ['house', '/house/jobs']] as const) {
    const { id } = jobs.start('count', owner, async (progress) => { progress(1, 2, 'half'); return { n: 1 }; });
    await check('DELETE', `${path}/{id}`, `${path}/${id}`, { token });
    assert.equal((await jobs.ended(owner, id)).state, 'done');
    await check('GET', path, path, { token });
  }
  await tryBackups(check, jobs, { token, persona }, join(folder, 'place'));
}

/** Backups of the house, made for real. */
async function tryBackups(check: Check, jobs: Standing['house']['jobs'], { token, persona }: { token: string; persona: string }, place: string): Promise<void> {
  const path = '/house/backups', settings = { on: true, hour: 4, keep: { daily: 7, weekly: 4, monthly: 6 }, target: { kind: 'folder', path: place } };
  await check('GET', `${path}/settings`, `${path}/settings`, { token });
  await check('PUT', `${path}/settings`, `${path}/settings`, { token, body: settings });
  const { id } = await check('POST', path, path, { token, body: {} });
  const { state, result } = await jobs.ended('house', String(id));
  assert.equal(state, 'done');
  const drill = await check('POST', `${path}/{id}/drill`, `${path}/${(result as { id: string }).id}/drill`, { token, body: {} });
  assert.deepEqual(((await jobs.ended('house', String(drill['id']))).result as { found: string[] }).found, []);
  assert.equal(((await check('GET', path, path, { token }))['backups'] as { drill: { ok: boolean } }[])[0]!.drill.ok, true);
  await check('GET', '/setup/restore', '/setup/restore');
  await check('GET', '/house/program', '/house/program', { token });
  const offered = await check('POST', `${path}/{id}/pod`, `${path}/${(result as { id: string }).id}/pod`, { token, body: { persona } }) as { offer: object | null; job: object | null };
  assert.deepEqual([offered.job, await check('GET', '/me/restore', '/me/restore', { token })], [null, { offer: offered.offer }]);
  const { id: back } = await check('POST', '/me/restore', '/me/restore', { token, body: {} });
  assert.equal((await jobs.ended(persona, String(back))).state, 'done');
  await check('DELETE', '/me/restore', '/me/restore', { token });
}

/** Archives and lists on their way in: of each of them a job comes; a service; and a way in. */
export async function tryImports(check: Check, { house: { jobs, suite, household } }: Standing, { token, persona }: { token: string; persona: string }): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  for (const [path, query] of [['/me/import/past', '?audience=only-me'], ['/me/import/list', '?list=blocks'], ['/me/import/pod', ''], ['/me/import/pseudonym', '']] as const) {
    const { job } = await check('POST', path, path + query, { token, raw: Buffer.from('no archive'), headers }) as { job: { id: string } };
    await jobs.ended(persona, job.id);
  }
  await tryServices(check, { suite, jobs }, { token, owner: persona });
  await tryWayIn(check, household, token);
}

/** A service of the test's own: looked at, joined, kept. */
async function tryServices(check: Check, { suite, jobs }: Pick<Standing['house'], 'suite' | 'jobs'>, { token, owner }: { token: string; owner: string }): Promise<void> {
  const potluck = makePotluck(suite);
  const { hash } = await check('POST', '/services/preview', '/services/preview', { token, body: { contract: potluck.contract() } });
  const { persona, service } = await check('POST', '/me/services', '/me/services', { token, body: { hash, narrowing: { rules: { 'dishes.allow[1]': { fields: ['title'] } } } } }) as { persona: string; service: string };
  await check('GET', '/me/services', '/me/services', { token });
  await check('GET', '/pods/{persona}/{service}/joined', `/pods/${persona}/${service}/joined`, { token });
  const at = '/me/services/{persona}/{service}', real = `/me/services/${persona}/${service}`;
  await check('GET', at, real, { token });
  await check('PUT', `${at}/narrowing`, `${real}/narrowing`, { token, body: { rules: { 'dishes.allow[1]': { off: true } } } });
  for (const [verb, body] of [['pause', { until: 9e12 }], ['resume', {}]] as const) await check('POST', `${at}/${verb}`, `${real}/${verb}`, { token, body });
  await check('POST', '/services/preview', '/services/preview', { token, body: { hash } });
  const next = await check('POST', '/services/preview', '/services/preview', { token, body: { contract: potluck.contract((document) => { document['version'] = 2; }) } });
  await check('POST', `${at}/stay`, `${real}/stay`, { token, body: { hash: next['hash'] } });
  await check('GET', `${at}/upgrade`, `${real}/upgrade`, { token });
  await check('POST', `${at}/upgrade`, `${real}/upgrade`, { token, body: { hash: next['hash'], earlier: false } });
  await check('PUT', '/house/services/{service}', `/house/services/${service}`, { token, body: { hash: next['hash'], note: 'For our dinners.' } });
  await check('PUT', '/house/services', '/house/services', { token, body: { order: [service] } });
  await check('GET', '/house/services', '/house/services', { token });
  await check('DELETE', '/house/services/{service}', `/house/services/${service}`, { token });
  const place = await check('POST', '/me/services/places', '/me/services/places', { token, body: {} });
  await check('POST', `${at}/hand-over`, `${real}/hand-over`, { token, body: { ...place, house: owner } });
  const { job } = await check('DELETE', at, real, { token }) as { job: { id: string } };
  assert.equal((await jobs.ended(owner, job.id)).state, 'done');
  await check('GET', '/ended/{persona}', `/ended/${persona}`);
}

/** A way in for somebody who lost their passphrase. */
async function tryWayIn(check: Check, household: Standing['house']['household'], token: string): Promise<void> {
  const { invite } = household.invite(household.people()[0]!.persona, {});
  const { persona } = await household.join({ invite, person: { handle: 'lost', name: 'Lost', passphrase: 'correct horse' }, from: 'x' });
  const { url } = await check('POST', '/house/people/{persona}/access', `/house/people/${persona}/access`, { token, body: {} });
  const way = new URL(String(url)).hash.slice(1);
  await check('POST', '/sessions/way/look', '/sessions/way/look', { body: { way } });
  await check('POST', '/sessions/way', '/sessions/way', { body: { way, passphrase: 'another horse' } });
}
