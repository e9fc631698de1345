import { makeAcceptReaction } from './acceptReaction.ts';
import { makeByPersona } from './byPersona.ts';
import { makeHome } from './home.ts';
import { makeHouseTimeline } from './houseTimeline.ts';
import { makeTurns } from '../shared/turns.ts';
import { makeLike } from './like.ts';
import { makeLive } from './live.ts';
import { makePost } from './post.ts';
import { makeRemove } from './remove.ts';
import { makeShow } from './show.ts';
import { makeThread } from './thread.ts';
import { makeUnlike } from './unlike.ts';

type Deps = Parameters<typeof makeLive>[0] & Omit<Parameters<typeof makePost>[0], 'show'>;

/** The verbs of the microblog. Pages come as JSON text, so that a body is never parsed on its way out. */
export function makeMicroblog(deps: Deps) {
  const show = makeShow(deps);
  const liking = { ...deps, turns: makeTurns() };
  return {
    post: makePost({ ...deps, show }), like: makeLike(liking), unlike: makeUnlike(liking), acceptReaction: makeAcceptReaction(deps), show,
    remove: makeRemove(deps), home: makeHome(deps), houseTimeline: makeHouseTimeline(deps),
    byPersona: makeByPersona(deps), thread: makeThread(deps), live: makeLive(deps),
  };
}

/** The microblog's verbs, bound. */
export type Microblog = ReturnType<typeof makeMicroblog>;
export type { LiveEvent, Listener } from './live.ts';
export type { NewPost, PageQuery, PostItem, Ref } from './types.ts';
