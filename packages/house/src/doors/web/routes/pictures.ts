import { bodyOf, lengthOf } from '../checks/pace.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, type Route } from '../route.ts';
import type { Somebody } from '../../../firewall/caller.ts';
import { named, shape } from '../shapes.ts';

/** Pictures for one's posts and for one's profile: sent first, then named by what shows them. */
export function pictureRoutes({ pictures }: Pick<WebDeps, 'pictures'>): Route[] {
  const one = (service: string, what: string): Route => ({
    method: 'POST', path: `/${service}/images`, summary: `Send a picture for ${what}: JPEG, PNG, WebP, AVIF or GIF, at most 20 MB; what says where and by what it was taken is left out`,
    auth: 'session', app: true, limit: 'upload', answers: { 201: shape({ image: named('Image') }) },
    problems: ['image_kind', 'image_unreadable', 'image_too_big', 'images_not_here', 'body_cut_short', 'pod_full', 'no_space', 'too_many_uploads'],
    handler: () => none(),
    bytes: { way: 'in', serve: async ({ caller }, incoming) => created({ image: await pictures.take(caller as Somebody, service, bodyOf(incoming), lengthOf(incoming)) }) },
  });
  return [one('microblog', 'a post'), one('people', 'your profile')];
}
