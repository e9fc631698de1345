import type { ServerResponse } from 'node:http';
import { API_HEADERS } from './checks/headers.ts';
import type { WebDeps } from './ports.ts';
import type { SignedInCall } from './route.ts';

const PING = 25_000;
/** Bytes that may wait for a client before it is dropped: it will come back and ask for a page. */
const WAITING = 256 * 1024;
const PER_PERSON = 12;

/** All open event streams. */
export interface LiveHub {
  /** Turns an answer into a stream until either side ends it. */
  open(call: SignedInCall, outgoing: ServerResponse): void;
  /** How many are open. */
  readonly size: number;
  /** Ends them all. */
  close(): void;
}

interface Stream { session: string; persona: string; write(frame: string): void; end(): void }

/** Server-sent events; a client that does not read is dropped. */
export function makeLiveHub({ household, microblog }: Pick<WebDeps, 'household' | 'microblog'>): LiveHub {
  const streams = new Set<Stream>();
  const stop = household.listen((event) => {
    if (event.type === 'house') {
      const news = frame('house', JSON.stringify({ people: household.count(), title: household.settings.get('title') ?? '' }));
      for (const stream of streams) stream.write(news);
      return;
    }
    for (const stream of [...streams].filter((one) => one.session === event.session)) {
      stream.write(frame('session-ended', '{}'));
      stream.end();
    }
  });
  const pinging = setInterval(() => { for (const stream of streams) stream.write(': ping\n\n'); }, PING);
  pinging.unref();
  return {
    open({ caller, session }, outgoing) {
      const mine = [...streams].filter((one) => one.persona === session.persona);
      if (mine.length >= PER_PERSON) mine[0]!.end();
      const stream = openStream(session.id, session.persona, outgoing);
      const leave = microblog.live(caller, (event) => stream.write(frame(event.type, event.data)));
      streams.add(stream);
      outgoing.once('close', () => { streams.delete(stream); leave(); });
    },
    get size() { return streams.size; },
    close() {
      clearInterval(pinging);
      stop();
      for (const stream of streams) stream.end();
    },
  };
}

function openStream(session: string, persona: string, outgoing: ServerResponse): Stream {
  outgoing.writeHead(200, { ...API_HEADERS, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  outgoing.write('retry: 2000\n: hello\n\n');
  return {
    session, persona,
    write(text) {
      if (outgoing.destroyed || outgoing.writableEnded) return;
      outgoing.write(text);
      if (outgoing.writableLength > WAITING) outgoing.destroy();
    },
    end() { outgoing.end(); },
  };
}

// JSON text has no line breaks, so one data line is enough.
const frame = (type: string, data: string): string => `event: ${type}\ndata: ${data}\n\n`;
