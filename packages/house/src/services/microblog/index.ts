import { makeTurns } from '../shared/turns.ts';
import { makeAcceptBallot } from './acceptBallot.ts';
import { makeAcceptMove } from './acceptMove.ts';
import { makeAcceptReaction } from './acceptReaction.ts';
import { makeAcceptReply } from './acceptReply.ts';
import { makeBookmarks } from './bookmarks.ts';
import { makeByPeople } from './byPeople.ts';
import { makeBring } from './bring.ts';
import { makeByPersona } from './byPersona.ts';
import { makeBookmark, makeUnbookmark } from './bookmark.ts';
import { makeBoost, makeUnboost } from './boost.ts';
import { makeCatchUp } from './catchUp.ts';
import { makeChoices, makeSetChoices } from './choices.ts';
import { makeEdit } from './edit.ts';
import { makeAddFilter, makeDropFilter, makeFilters, makeSetFilter } from './filters.ts';
import { makeHome } from './home.ts';
import { makeHouseTimeline } from './houseTimeline.ts';
import { makeLike } from './like.ts';
import { makeAddList, makeDropList, makeListPosts, makeLists, makeSetList } from './lists.ts';
import { makeLive } from './live.ts';
import { makeMute, makeUnmute } from './mute.ts';
import { makePin, makeUnpin } from './pins.ts';
import { makePost, makePostAll, makePostThread } from './post.ts';
import { makeMayQuote } from './quoting.ts';
import { makeQuotesOf } from './quotesOf.ts';
import { makeReactionsTo } from './reactionsTo.ts';
import { makeLiveMarks, makeReadMarks, makeSetReadMarks } from './readMarks.ts';
import { makeRemove, makeRemoveKept } from './remove.ts';
import { makeSearch } from './search/search.ts';
import { makeSetAudience } from './setAudience.ts';
import { makeShow } from './show.ts';
import { makeTag } from './tag.ts';
import { makeThread } from './thread.ts';
import { makeTidy } from './tidy.ts';
import { makeUnlike } from './unlike.ts';
import { makeForget, makeVersions } from './versions.ts';
import { makeVote } from './vote.ts';
import { makeVotesOf } from './votesOf.ts';
import { makeSetQuotable, makeWithdraw } from './withdraw.ts';

type Deps = Omit<Parameters<typeof makeLive>[0] & Parameters<typeof makePost>[0], 'show' | 'mayQuote' | 'quiet'> & Pick<Parameters<typeof makeSearch>[0], 'housemates' | 'petnameOf'> & { onError(error: unknown): void };

/** The verbs of the microblog. Pages come as JSON text, so that a body is never parsed on its way out; `accept…` take the offers of others. */
export function makeMicroblog(deps: Deps) {
  const read = { ...deps, mayQuote: makeMayQuote(deps) };
  const show = makeShow(read);
  const { quiet, ...bringing } = makeBring(deps);
  const own = { ...read, show, turns: makeTurns() };
  return {
    post: makePost(own), postThread: makePostThread(own), postAll: makePostAll(own), edit: makeEdit(own), setAudience: makeSetAudience(own), versions: makeVersions(own), forget: makeForget(own),
    remove: makeRemove(own), removeKept: makeRemoveKept(own), like: makeLike(own), unlike: makeUnlike(own), show,
    boost: makeBoost(own), unboost: makeUnboost(own), bookmark: makeBookmark(own), unbookmark: makeUnbookmark(own), mute: makeMute(own), unmute: makeUnmute(own),
    home: makeHome(read), houseTimeline: makeHouseTimeline(read), byPersona: makeByPersona(read), byPeople: makeByPeople(read), thread: makeThread(read), ...makeLive({ ...read, quiet }), ...bringing, ...readingVerbs(read),
    quotesOf: makeQuotesOf(read), votesOf: makeVotesOf(read), reactionsTo: makeReactionsTo(read), withdraw: makeWithdraw(own), setQuotable: makeSetQuotable(own), vote: makeVote(own), pin: makePin(own), unpin: makeUnpin(own),
    choices: makeChoices(own), setChoices: makeSetChoices(own), acceptBallot: makeAcceptBallot(own),
    acceptReaction: makeAcceptReaction(own), acceptReply: makeAcceptReply(deps), acceptMove: makeAcceptMove(own), tidy: makeTidy(own),
  };
}

// What one reads by, beside timelines.
function readingVerbs(deps: Deps & Parameters<typeof makeSearch>[0]) {
  return {
    bookmarks: makeBookmarks(deps), tag: makeTag(deps), search: makeSearch(deps), catchUp: makeCatchUp(deps),
    lists: makeLists(deps), addList: makeAddList(deps), setList: makeSetList(deps), dropList: makeDropList(deps), listPosts: makeListPosts(deps),
    filters: makeFilters(deps), addFilter: makeAddFilter(deps), setFilter: makeSetFilter(deps), dropFilter: makeDropFilter(deps),
    marks: makeReadMarks(deps), setMarks: makeSetReadMarks(deps), liveMarks: makeLiveMarks(deps),
  };
}

/** The microblog's verbs, bound. */
export type Microblog = ReturnType<typeof makeMicroblog>;
export type { Brought, BroughtPost } from './bring.ts';
export type { LiveEvent, Listener } from './live.ts';
export type { Image, NewPoll, NewPost, NewThread, NewWords, PageQuery, PostItem, Quotable, Ref } from './types.ts';
