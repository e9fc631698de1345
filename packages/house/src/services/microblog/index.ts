import { makeTurns } from '../shared/turns.ts';
import { makeAcceptMove } from './acceptMove.ts';
import { makeAcceptReaction } from './acceptReaction.ts';
import { makeAcceptReply } from './acceptReply.ts';
import { makeByPersona } from './byPersona.ts';
import { makeEdit } from './edit.ts';
import { makeHome } from './home.ts';
import { makeHouseTimeline } from './houseTimeline.ts';
import { makeLike } from './like.ts';
import { makeLive } from './live.ts';
import { makePost } from './post.ts';
import { makeRemove, makeRemoveKept } from './remove.ts';
import { makeSetAudience } from './setAudience.ts';
import { makeShow } from './show.ts';
import { makeThread } from './thread.ts';
import { makeTidy } from './tidy.ts';
import { makeUnlike } from './unlike.ts';
import { makeForget, makeVersions } from './versions.ts';

type Deps = Parameters<typeof makeLive>[0] & Omit<Parameters<typeof makePost>[0], 'show'> & { onError(error: unknown): void };

/** The verbs of the microblog. Pages come as JSON text, so that a body is never parsed on its way out; `accept…` take the offers of others. */
export function makeMicroblog(deps: Deps) {
  const show = makeShow(deps);
  const own = { ...deps, show, turns: makeTurns() };
  return {
    post: makePost(own), edit: makeEdit(own), setAudience: makeSetAudience(own), versions: makeVersions(own), forget: makeForget(own),
    remove: makeRemove(own), removeKept: makeRemoveKept(own), like: makeLike(own), unlike: makeUnlike(own), show,
    home: makeHome(deps), houseTimeline: makeHouseTimeline(deps), byPersona: makeByPersona(deps), thread: makeThread(deps), ...makeLive(deps),
    acceptReaction: makeAcceptReaction(deps), acceptReply: makeAcceptReply(deps), acceptMove: makeAcceptMove(own), tidy: makeTidy(own),
  };
}

/** The microblog's verbs, bound. */
export type Microblog = ReturnType<typeof makeMicroblog>;
export type { LiveEvent, Listener } from './live.ts';
export type { NewPost, PageQuery, PostItem, Ref } from './types.ts';
