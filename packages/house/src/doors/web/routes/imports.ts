import { CHOICES, LISTS, type ImportWish } from '../../../past/imports.ts';
import type { Choice } from '../../../past/audience.ts';
import type { CsvList } from '../../../past/csv.ts';
import { API_HEADERS } from '../checks/headers.ts';
import { bodyOf, lengthOf } from '../checks/pace.ts';
import type { Somebody } from '../../../firewall/caller.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, type Route } from '../route.ts';
import { named, oneOf, shape } from '../shapes.ts';

/** Bringing along what one has elsewhere: an archive is sent whole, then a job takes it in. */
export function importRoutes({ imports }: Pick<WebDeps, 'imports'>): Route[] {
  const one = (path: string, summary: string, { query, wishOf }: { query: NonNullable<Route['query']>; wishOf(query: Record<string, string>): ImportWish }): Route => ({
    method: 'POST', path, summary, auth: 'session', limit: 'upload', query, answers: { 201: shape({ job: named('Job') }) },
    problems: ['import_too_big', 'no_space', 'job_running', 'body_cut_short'], handler: () => none(),
    bytes: { way: 'in', serve: async ({ caller, query: asked }, incoming) => created({ job: await imports.begin(caller as Somebody, wishOf(asked as Record<string, string>), bodyOf(incoming), lengthOf(incoming)) }) },
  });
  return [
    one('/me/import/past', 'Bring along what you wrote elsewhere: the archive that Mastodon (zip or tar.gz) or X (zip) gave you. Dates stay, nobody is told, nothing is there for more people than it was. With `profile=1` your profile here is given what it lacks: words about you, picture, banner',
      { query: shape({ 'audience?': oneOf(...CHOICES), 'profile?': oneOf('0', '1') }), wishOf: ({ audience = 'only-me', profile }) => ({ kind: 'past', choice: audience as Choice, profile: profile === '1' }) }),
    one('/me/import/list', 'Bring along a list as Mastodon gives it, as CSV', { query: shape({ list: oneOf(...LISTS) }), wishOf: ({ list }) => ({ kind: 'csv', list: list as CsvList }) }),
    one('/me/import/pod', 'Bring along what you have in another house of this kind: the zip of your data there, once you have joined here with your recovery words', { query: shape({}), wishOf: () => ({ kind: 'pod' }) }),
    one('/me/import/pseudonym', 'Bring along what one service keeps with you in another house, under the name that you have there: the export of that service, once that house has handed the name over to a place of yours here', { query: shape({}), wishOf: () => ({ kind: 'pseudonym' }) }),
    {
      method: 'GET', path: '/me/imports/{id}/failures', summary: 'What could not be brought along, and why: JSON Lines of {item, at?, why}', auth: 'session', limit: 'read',
      answers: { 200: { type: 'string', description: 'JSON Lines' } }, problems: ['import_unknown'], handler: () => none(),
      bytes: { way: 'out', serve: async ({ caller, params }, _incoming, outgoing) => {
        const lines = imports.failures(caller as Somebody, params['id']!);
        outgoing.writeHead(200, { ...API_HEADERS, 'content-type': 'application/x-ndjson', 'content-disposition': 'attachment; filename="not-brought-along.jsonl"' }).end(lines);
        return null;
      } },
    },
  ];
}
