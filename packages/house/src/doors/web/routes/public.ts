import type { Somebody } from '../../../firewall/caller.ts';
import type { WebDeps } from '../ports.ts';
import { ok, signedIn, type Route } from '../route.ts';
import { flag, named, shape } from '../shapes.ts';

/** What of oneself is shown to whoever has no account here. */
export function publicRoutes({ household, people }: Pick<WebDeps, 'household' | 'people'>): Route[] {
  const me = { auth: 'session', path: '/me/public', answers: { 200: named('PublicFace') } } as const;
  const now = (caller: Somebody) => ({ open: people.isOpen(caller), ...household.faces.of(caller.persona) });
  return [
    signedIn({
      ...me, method: 'GET', limit: 'read', summary: 'Whether your page is open to everyone, search engines may list it, and the front page of the house names you',
      handler: ({ caller }) => ok(now(caller)),
    }),
    signedIn<{ open: boolean; listed: boolean; front: boolean }>({
      ...me, method: 'PUT', limit: 'write', summary: 'Open or close your page; the other two hold while it is open', body: shape({ open: flag, listed: flag, front: flag }), problems: ['suspended', 'expelled', 'pod_moved', 'retired'],
      handler: async ({ caller, body: { open, listed, front } }) => {
        // What narrows comes first, what widens last: whoever looks in between sees less.
        if (!open) await people.setOpen(caller, false);
        household.faces.set(caller.persona, { listed, front });
        if (open) await people.setOpen(caller, true);
        return ok(now(caller));
      },
    }),
  ];
}
