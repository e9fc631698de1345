import { notSteward, signedOut, status, type Answer, type Generator } from './ask.ts';

/* This house makes no backups: nowhere is said where to. And it was founded: nobody restores another in its place. */

const KEEP = { daily: 7, weekly: 4, monthly: 6 };
const WISHES = [
  [{ on: false, hour: 4, target: null, keep: KEEP }, 200], [{ on: true, hour: 24, target: null, keep: KEEP }, 400], [{ on: true }, 400], [{ on: true, hour: 1, target: { kind: 'folder', path: 'near' }, keep: KEEP }, 400],
  [{ on: true, hour: 1, target: { kind: 's3', endpoint: 'ftp://x', region: 'x', bucket: 'abc', prefix: '', keyId: '', secret: '' }, keep: KEEP }, 400],
] as const;

const steward = (path: string, due: number, body?: unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path, ...(body !== undefined && { body }), judge: notSteward(asker) ?? status(due) };
};

const setSettings: Generator = (world, random) => {
  const asker = random.pick(world.askers), [body, due] = random.pick(WISHES);
  return { asker, path: '/house/backups/settings', body, judge: notSteward(asker) ?? status(due) };
};

const restore = (path: string): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  const body = random.pick([{ code: 'a-b-c-1', target: { kind: 'folder', path: '/nowhere' }, words: [] }, { code: '', words: 7 }, {}]);
  return { asker, path, body, judge: asker.kind === 'impostor' ? status(401) : 'target' in body ? status(409, 429) : status(400, 429) };
};

/* Nobody is offered anything, since there is no backup to offer. */
const mine = (due: (answer: Answer) => string | null, body?: unknown): Generator => (world, random) => {
  const asker = random.pick(world.askers);
  return { asker, path: '/me/restore', ...(body !== undefined && { body }), judge: signedOut(asker) ?? due };
};

const offerPod: Generator = (world, random) => {
  const asker = random.pick(world.askers), persona = random.pick([...world.people.keys(), `c${'b'.repeat(51)}a`, 'x']), lives = world.people.has(persona);
  return { asker, path: '/house/backups/abc/pod', body: { persona }, judge: notSteward(asker) ?? status(persona === 'x' ? 400 : lives ? 409 : 404) };
};

/** Cases for backups, and for restoring instead of founding. */
export const BACKUPS: Record<string, Generator> = {
  'GET /house/backups/settings': steward('/house/backups/settings', 200),
  'PUT /house/backups/settings': setSettings,
  'GET /house/backups': steward('/house/backups', 200),
  'POST /house/backups': steward('/house/backups', 409, {}),
  'POST /house/backups/{id}/drill': steward('/house/backups/abc/drill', 409, {}),
  'POST /house/backups/{id}/pod': offerPod,
  'GET /me/restore': mine((answer) => status(200)(answer) ?? ((answer.json as { offer: unknown }).offer === null ? null : `offers ${answer.text}`)),
  'POST /me/restore': mine(status(404), {}),
  'DELETE /me/restore': mine(status(204)),
  'GET /house/program': steward('/house/program', 200),
  'POST /house/program/back': steward('/house/program/back', 404, {}),
  'POST /setup/restore/look': restore('/setup/restore/look'),
  'POST /setup/restore': restore('/setup/restore'),
  'GET /setup/restore': (world, random) => { const asker = random.pick(world.askers); return { asker, path: '/setup/restore', judge: asker.kind === 'impostor' ? status(401) : status(200) }; },
};
