import type { Draft, WebDeps } from '../ports.ts';
import { created, none, ok, signedIn, type Route } from '../route.ts';
import { list, named, shape } from '../shapes.ts';
import { draftFields, dueField } from '../shapes-later.ts';
import { idempotencyKey } from './idempotency.ts';

const MOST = 300_000;
const way = { auth: 'session', limit: 'write' } as const;
const reading = { auth: 'session', limit: 'read' } as const;

/** Drafts of one's own, the same on every device. */
function draftRoutes({ later }: Pick<WebDeps, 'later'>): Route[] {
  return [
    signedIn({ ...reading, method: 'GET', path: '/microblog/drafts', summary: 'Your drafts, the one changed last first', answers: { 200: shape({ drafts: list(named('Draft')) }) },
      handler: ({ caller }) => ok({ drafts: later.drafts(caller) }) }),
    signedIn<Draft>({
      ...way, method: 'PUT', path: '/microblog/drafts/{key}', summary: 'Keep a draft under a key of your own making (16 bytes, base64url); its pictures stay as long as it does', body: shape(draftFields), most: MOST,
      answers: { 200: named('Draft') }, problems: ['bad_key', 'bad_body', 'item_too_big', 'blob_unknown', 'limit_reached'],
      handler: async ({ caller, params, body }) => ok(await later.keepDraft(caller, params['key']!, body)),
    }),
    signedIn({ ...way, method: 'DELETE', path: '/microblog/drafts/{key}', summary: 'Let a draft go', answers: { 204: null },
      handler: async ({ caller, params }) => { await later.dropDraft(caller, params['key']!); return none(); } }),
  ];
}

/** Drafts, and posts that wait for their time. */
export function laterRoutes({ later }: Pick<WebDeps, 'later'>): Route[] {
  const body = { body: shape({ ...draftFields, ...dueField }), most: MOST, problems: ['bad_due', 'bad_text', 'bad_poll', 'bad_body', 'item_too_big', 'blob_unknown', 'limit_reached'] };
  return [
    ...draftRoutes({ later }),
    signedIn({ ...reading, method: 'GET', path: '/microblog/scheduled', summary: 'Your posts that wait for their time, the next one first', answers: { 200: shape({ scheduled: list(named('Scheduled')) }) },
      handler: ({ caller }) => ok({ scheduled: later.scheduled(caller) }) }),
    signedIn<Draft & { due: number }>({
      ...way, ...body, method: 'POST', path: '/microblog/scheduled', summary: 'Have something posted later. Idempotency-Key makes a repeated call one post', answers: { 201: named('Scheduled') },
      problems: [...body.problems, 'bad_idempotency_key', 'key_reused', 'scheduled_unknown'],
      handler: async ({ caller, body: wanted, headers }) => created(await later.schedule(caller, wanted, idempotencyKey(headers['idempotency-key']).idempotencyKey)),
    }),
    signedIn<Draft & { due: number }>({
      ...way, ...body, method: 'PUT', path: '/microblog/scheduled/{key}', summary: 'Change what waits, or when it is due', answers: { 200: named('Scheduled') },
      problems: [...body.problems, 'scheduled_unknown'],
      handler: async ({ caller, params, body: wanted }) => ok(await later.reschedule(caller, params['key']!, wanted)),
    }),
    signedIn({
      ...way, method: 'POST', path: '/microblog/scheduled/{key}/now', summary: 'Post what waits at once', answers: { 201: shape({ items: list(named('PostItem')) }) },
      problems: ['scheduled_unknown', 'scheduled_changed', 'bad_text', 'bad_poll', 'reply_too_wide', 'post_unknown', 'quote_not_allowed', 'quote_too_wide', 'few_words_only'],
      handler: async ({ caller, params }) => created({ items: await later.postNow(caller, params['key']!) }),
    }),
    signedIn({ ...way, method: 'DELETE', path: '/microblog/scheduled/{key}', summary: 'Take back what waits', answers: { 204: null },
      handler: async ({ caller, params }) => { await later.unschedule(caller, params['key']!); return none(); } }),
  ];
}
