import { HOUSE } from '../../../jobs/types.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, signedIn, type Route } from '../route.ts';
import { list, named, shape } from '../shapes.ts';

/** Long pieces of work: how far they are, and ending them. What begins one stands with its own kind. */
export function jobRoutes({ jobs }: Pick<WebDeps, 'jobs'>): Route[] {
  const answers = { 200: shape({ jobs: list(named('Job')) }) };
  const problems = ['job_unknown'];
  return [
    signedIn({ method: 'GET', path: '/me/jobs', summary: 'What the house does for you that takes its time: under way, and the last twenty that ended, the newest first', auth: 'session', limit: 'read', answers,
      handler: ({ session }) => ok({ jobs: jobs.list(session.persona) }) }),
    signedIn({ method: 'DELETE', path: '/me/jobs/{id}', summary: 'Cancel one; it ends once its work has let go', auth: 'session', limit: 'write', answers: { 204: null }, problems,
      handler: ({ session, params }) => { jobs.cancel(session.persona, params['id']!); return none(); } }),
    signedIn({ method: 'GET', path: '/house/jobs', summary: 'What the house does for itself: backups, drills', auth: 'steward', limit: 'read', answers, handler: () => ok({ jobs: jobs.list(HOUSE) }) }),
    signedIn({ method: 'DELETE', path: '/house/jobs/{id}', summary: 'Cancel one of these', auth: 'steward', limit: 'write', answers: { 204: null }, problems,
      handler: ({ params }) => { jobs.cancel(HOUSE, params['id']!); return none(); } }),
  ];
}
