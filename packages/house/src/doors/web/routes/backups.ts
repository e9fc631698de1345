import type { BackupWish } from '../../../backup/backups.ts';
import type { PodOffer } from '../../../backup/settings.ts';
import type { TargetWish } from '../../../backup/target/target.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, route, signedIn, type Route } from '../route.ts';
import { list, named, shape, text } from '../shapes.ts';
import { backupSettings, targetShape } from '../shapes-backups.ts';
import { makeNamer } from './house-page.ts';

type Deps = Pick<WebDeps, 'backups' | 'restore' | 'podOffers' | 'household'>;

const PLACE = ['bad_target', 'target_full', 'target_denied', 'target_gone', 'target_failed'];
const steward = { auth: 'steward', limit: 'write' } as const;
const job = { 202: named('Job') };

/** Backups of a house that stands, for its stewards. */
function houseRoutes({ backups }: Pick<Deps, 'backups'>): Route[] {
  return [
    signedIn({ method: 'GET', path: '/house/backups/settings', summary: 'When and where backups are made, and which stay', auth: 'steward', limit: 'read', answers: { 200: named('BackupSettings') }, handler: () => ok(backups.settings()) }),
    signedIn<BackupWish>({
      ...steward, method: 'PUT', path: '/house/backups/settings', summary: 'Say so anew; the place is tried first. Without a secret, that of the storage stays',
      body: backupSettings, answers: { 200: named('BackupSettings') }, problems: PLACE,
      handler: async ({ body }) => ok(await backups.setSettings(body)),
    }),
    signedIn({
      method: 'GET', path: '/house/backups', summary: 'The backups that are there, the newest first; `place` says why they cannot be listed', auth: 'steward', limit: 'read', answers: { 200: named('Backups') },
      handler: async () => ok(await backups.list()),
    }),
    signedIn({ ...steward, method: 'POST', path: '/house/backups', summary: 'Make a backup now', body: shape({}), answers: job, problems: ['no_target', 'job_running'], handler: () => ({ status: 202, json: backups.start() }) }),
    signedIn({
      ...steward, method: 'POST', path: '/house/backups/{id}/drill', summary: 'Restore a backup for trial, and check everything in it', body: shape({}), answers: job, problems: ['no_target', 'job_running'],
      handler: ({ params }) => ({ status: 202, json: backups.drill(params['id']!) }),
    }),
  ];
}

/** One pod that comes back: a steward offers it, its person says yes. */
function podRoutes({ podOffers, household }: Pick<Deps, 'podOffers' | 'household'>): Route[] {
  const personOf = makeNamer(household), me = { auth: 'session', path: '/me/restore' } as const;
  return [
    signedIn<{ persona: string }>({
      ...steward, method: 'POST', path: '/house/backups/{id}/pod', summary: "Offer somebody to put their pod back as that backup has it. They are asked first; a pod that cannot be read any more comes back at once, and `job` is that work",
      body: shape({ persona: text(53, 53) }), answers: { 200: shape({ offer: named('PodOffer'), job: { anyOf: [named('Job'), { type: 'null' }] } }) },
      problems: ['person_unknown', 'backup_unknown', 'not_in_backup', 'backup_damaged', 'no_target', 'job_running', ...PLACE],
      handler: async ({ session, params, body }) => { const { offer, job: begun } = await podOffers.offer(session.persona, body.persona, params['id']!); return ok({ offer: shown(offer), job: begun }); },
    }),
    signedIn({ ...me, method: 'GET', limit: 'read', summary: 'Whether a steward offers to put your pod back as a backup has it', answers: { 200: shape({ offer: named('PodOffer') }) }, handler: ({ session }) => ok({ offer: shown(podOffers.of(session.persona)) }) }),
    signedIn({ ...me, method: 'POST', limit: 'write', summary: 'Say yes: once all of it was fetched and checked, the house starts anew with it; what you wrote since is no longer shown', body: shape({}), answers: job, problems: ['nothing_offered', 'job_running'], handler: ({ session }) => ({ status: 202, json: podOffers.accept(session.persona) }) }),
    signedIn({ ...me, method: 'DELETE', limit: 'write', summary: 'Say no', answers: { 204: null }, handler: ({ session }) => { podOffers.decline(session.persona); return none(); } }),
  ];
  function shown(offer: PodOffer | null): object | null { return offer && { at: offer.at, until: offer.until, by: personOf(offer.by) }; }
}

/** Restoring instead of founding, for whoever has the setup code and the house's words. */
export function backupRoutes({ backups, restore, podOffers, household }: Deps): Route[] {
  const shown = { code: text(100, 1), target: targetShape, words: list(text(16, 1), 24) };
  const problems = ['code_wrong', 'already_founded', 'slow_down', 'bad_words', 'no_backups', 'wrong_key', 'backup_damaged', ...PLACE];
  return [
    ...houseRoutes({ backups }), ...podRoutes({ podOffers, household }),
    route<{ code: string; target: TargetWish; words: string[] }>({
      method: 'POST', path: '/setup/restore/look', summary: 'Which backups of a house these words open', auth: 'any', limit: 'enter', body: shape(shown), answers: { 200: shape({ backups: list(named('Backup')) }) }, problems,
      handler: async ({ body, from }) => ok({ backups: await restore.look({ ...body, from }) }),
    }),
    route<{ code: string; target: TargetWish; words: string[]; backup?: string }>({
      method: 'POST', path: '/setup/restore', summary: 'Restore a house in the place of this one, which nobody has founded; it starts anew when all is there', auth: 'any', limit: 'enter',
      body: shape({ ...shown, 'backup?': text(20, 20) }), answers: { 202: named('Restore') }, problems: [...problems, 'backup_unknown', 'job_running'],
      handler: async ({ body, from }) => { await restore.start({ ...body, from }); return { status: 202, json: restore.state() }; },
    }),
    route({ method: 'GET', path: '/setup/restore', summary: 'How far that is', auth: 'any', limit: 'read', answers: { 200: named('Restore') }, handler: () => ok(restore.state()) }),
  ];
}

