import type { ServerResponse } from 'node:http';
import { HOUSE } from '../../jobs/types.ts';
import type { Somebody } from '../../firewall/caller.ts';
import type { LiveEvent, WebDeps } from './ports.ts';
import type { SignedInCall } from './route.ts';
import { frame, makeStreams, type Stream } from './stream.ts';

/** Bytes that may wait for a client before it is dropped: it will come back and ask for a page. */
const WAITING = 256 * 1024;

/** All open event streams of the app. */
export interface LiveHub {
  /** Turns an answer into a stream until either side ends it. */
  open(call: SignedInCall, outgoing: ServerResponse): void;
  /** How many are open. */
  readonly size: number;
  /** Ends them all. */
  close(): void;
}

/** Server-sent events; a client that does not read is dropped. */
export function makeLiveHub({ household, jobs, postLimit, microblog, news, people, later, accessLog }: Pick<WebDeps, 'household' | 'jobs' | 'postLimit' | 'microblog' | 'news' | 'people' | 'later' | 'accessLog'>): LiveHub {
  const streams = makeStreams(household);
  const stop = household.listen((event) => {
    if (event.type === 'notice' || event.type === 'reports') {
      for (const stream of streams) if (stream.persona === event.persona) send(stream, frame('notice', '{}'));
    }
    if (event.type !== 'house') return;
    const told = frame('house', JSON.stringify({ people: household.count(), title: household.settings.get('title') ?? '', postLimit: postLimit() }));
    for (const stream of streams) send(stream, told);
  });
  const stopJobs = jobs.listen((owner, job) => {
    const told = frame('job', JSON.stringify(job));
    for (const stream of streams) if (owner === HOUSE ? household.personOf(stream.persona)?.role === 'steward' : stream.persona === owner) send(stream, told);
  });
  const linksOf = ({ persona }: Somebody, hear: (event: LiveEvent) => void) => household.keys.listenLinks((owner, event) => {
    if (owner === persona) hear({ type: 'link', data: JSON.stringify(event) });
  });
  return {
    open({ caller, session }, outgoing) {
      let leave = (): void => {};
      const stream = streams.open(session, outgoing, () => leave());
      const hear = (event: LiveEvent) => send(stream, frame(event.type, event.data));
      const leaves = [microblog.live(caller, hear), microblog.liveMarks(caller, hear), news.live(caller, hear), people.live(caller, hear), later.live(caller, hear), accessLog.live(caller, hear), linksOf(caller, hear)];
      leave = () => { for (const one of leaves) one(); };
    },
    get size() { return streams.size; },
    close() {
      stop();
      stopJobs();
      streams.close();
    },
  };
}

function send(stream: Stream, text: string): void {
  stream.write(text);
  if (stream.outgoing.writableLength > WAITING) stream.outgoing.destroy();
}
