import type { WebDeps } from '../ports.ts';
import { ok, signedIn, type Route } from '../route.ts';
import { named, shape, text, whole } from '../shapes.ts';

const keepDays = whole(7, 3650);

/** One's own access log. */
export function logRoutes({ accessLog }: Pick<WebDeps, 'accessLog'>): Route[] {
  return [
    signedIn<unknown, { before?: string; days?: number }>({
      method: 'GET', path: '/me/log', summary: 'Who had what of your pod, and who was refused; newest day first', auth: 'session', limit: 'read',
      query: shape({ 'before?': text(10, 10), 'days?': whole(1, 14) }), answers: { 200: named('Log') }, problems: ['bad_day'],
      handler: ({ caller, query }) => ok(accessLog.list(caller, query)),
    }),
    signedIn<{ keepDays: number }>({
      method: 'PUT', path: '/me/log/settings', summary: 'For how many days your access log is kept', auth: 'session', limit: 'write',
      body: shape({ keepDays }), answers: { 200: shape({ keepDays }) },
      handler: ({ caller, body }) => ok(accessLog.setSettings(caller, body)),
    }),
  ];
}
