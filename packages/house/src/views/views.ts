import type { Change } from '../firewall/feed.ts';
import type { Sqlite } from '../sqlite/port.ts';
import { makeBoostsView, type BoostsView } from './boosts.ts';
import { makeEntriesIntake } from './entries.ts';
import { makeKeptView, type KeptView } from './kept.ts';
import { makeLaneTable } from './lanes.ts';
import { makeMarksView, type MarksView } from './marks.ts';
import { makeMutedView, type MutedView } from './muted.ts';
import { makeNamesView, type NamesView } from './names.ts';
import { makeNewsView, type NewsView } from './news.ts';
import { makePollsView, type PollsView } from './polls.ts';
import { makePostsView, type PostsView } from './posts.ts';
import { makeQuotesView, type QuotesView } from './quotes.ts';
import { makeReaders, type ReaderPort } from './readers.ts';
import { makeSearchView, type SearchView } from './search.ts';
import { makeWaitingView, type WaitingView } from './waiting.ts';
import { makeVersionsView, type VersionsView } from './versions.ts';

/** All views of a house, over one file. */
export interface Views {
  posts: PostsView;
  boosts: BoostsView;
  marks: MarksView;
  muted: MutedView;
  news: NewsView;
  kept: KeptView;
  versions: VersionsView;
  search: SearchView;
  names: NamesView;
  waiting: WaitingView;
  quotes: QuotesView;
  polls: PollsView;
  /** Takes in one change of a pod; what no view is made of is passed over. */
  apply(change: Change): void;
  /** Forgets who may read what; asked again at the next question. */
  dropReaders(): void;
  /** Empties them, before they are built anew. */
  clear(): void;
  /** Takes what is in memory from the file again, after a transaction that was undone. */
  undone(): void;
}

/** The views over `views.db`; `onErased` hears when words or names were taken out of it. */
export function makeViews(db: Sqlite, port: ReaderPort, onErased: () => void = () => {}): Views {
  const lanes = makeLaneTable(db, (lane) => readers.laneAdded(lane));
  const readers = makeReaders(db, lanes.all, port);
  const posts = makePostsView(db, lanes, readers, port.apart);
  const boosts = makeBoostsView(db, lanes, readers);
  const marks = makeMarksView(db);
  const polls = makePollsView(db, lanes);
  const quotes = makeQuotesView(db, lanes, readers);
  const muted = makeMutedView(db);
  const news = makeNewsView(db, { lanes, readers, port, polls, muted });
  const kept = makeKeptView(db, lanes);
  const versions = makeVersionsView(db, lanes);
  const search = makeSearchView(db, { lanes, readers, port });
  const names = makeNamesView(db, onErased);
  const entries = makeEntriesIntake(db, lanes, onErased);
  const boosted = marks.applyTo('boost');
  const muting = marks.applyTo('mute');
  const waiting = makeWaitingView(db);
  const takers: Record<string, (change: Change) => void> = {
    'microblog/posts': (change) => {
      // Of a new post there is nothing to take out first.
      const isNew = posts.apply(change);
      quotes.applyPost(change, isNew); polls.applyPost(change, isNew); news.applyPost(change, isNew); entries.applyPost(change, isNew);
    },
    'microblog/replies': (change) => { kept.apply(change); news.applyReply(change); entries.applyReply(change); },
    'microblog/post_versions': versions.apply,
    'microblog/scheduled': waiting.apply,
    'microblog/likes': marks.applyTo('like'),
    'microblog/boosts': (change) => { boosts.apply(change); boosted(change); },
    'microblog/bookmarks': marks.applyTo('bookmark'),
    'microblog/votes': marks.applyTo('vote'),
    'microblog/mutes': (change) => { muting(change); muted.changed(change.persona); },
    'microblog/reactions': (change) => { quotes.applyReaction(change); news.applyReaction(change); },
    'microblog/unquoted': quotes.applyUnquoted,
    'microblog/ballots': polls.applyBallot,
    'people/profile': names.apply,
    'people/followers': news.applyFollower,
    'people/requests': news.applyRequest,
    'people/accepted': news.applyAcceptance,
  };
  const refresh = () => { lanes.reload(); readers.drop(); names.reload(); posts.undone(); marks.undone(); muted.undone(); };
  return {
    posts, boosts, marks, muted, news, kept, versions, quotes, polls, search, names, waiting,
    apply: (change) => takers[`${change.service}/${change.collection}`]?.(change),
    dropReaders: readers.drop,
    clear: () => {
      db.exec('DELETE FROM posts; DELETE FROM boosts; DELETE FROM entries; DELETE FROM tags; DELETE FROM words; DELETE FROM names; DELETE FROM marks; DELETE FROM news; DELETE FROM kept; DELETE FROM versions; DELETE FROM waiting; DELETE FROM quotes; DELETE FROM noted; DELETE FROM withdrawn; DELETE FROM polls; DELETE FROM ballots; DELETE FROM lanes; DELETE FROM fed;');
      refresh();
    },
    undone: refresh,
  };
}
