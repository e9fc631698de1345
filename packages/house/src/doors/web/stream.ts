import type { ServerResponse } from 'node:http';
import type { Household } from '../../household/household.ts';
import type { Session } from '../../household/ports.ts';
import { API_HEADERS } from './checks/headers.ts';

const PING = 25_000;
const PER_PERSON = 12;

/** One open event stream. */
export interface Stream {
  session: string;
  persona: string;
  /** Writes a frame; false when the client has fallen behind. */
  write(frame: string): boolean;
  end(): void;
  readonly outgoing: ServerResponse;
}

/** The open event streams of one kind. */
export interface Streams {
  /** Turns an answer into a stream; `left` is called once, however it ends. A person's oldest goes when they have too many. */
  open(session: Pick<Session, 'id' | 'persona'>, outgoing: ServerResponse, left: () => void, most?: number): Stream;
  [Symbol.iterator](): Iterator<Stream>;
  readonly size: number;
  close(): void;
}

/** Streams end with their sessions, are kept awake, and each person has a bounded number of them. `onPing` sees each now and then. */
export function makeStreams(household: Pick<Household, 'listen'>, onPing: (stream: Stream) => void = () => {}): Streams {
  const streams = new Set<Stream>();
  const stop = household.listen((event) => {
    if (event.type !== 'session-ended') return;
    for (const stream of [...streams].filter((one) => one.session === event.session)) {
      stream.write(frame('session-ended', '{}'));
      stream.end();
    }
  });
  const pinging = setInterval(() => { for (const stream of streams) { onPing(stream); stream.write(': ping\n\n'); } }, PING);
  pinging.unref();
  return {
    open: (session, outgoing, left, most = PER_PERSON) => {
      const mine = [...streams].filter((one) => one.persona === session.persona);
      if (mine.length >= most) mine[0]!.end();
      const stream = openStream(session.id, session.persona, outgoing);
      streams.add(stream);
      outgoing.once('close', () => { streams.delete(stream); left(); });
      return stream;
    },
    [Symbol.iterator]: () => streams.values(),
    get size() { return streams.size; },
    close: () => {
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
    session, persona, outgoing,
    write: (text) => (outgoing.destroyed || outgoing.writableEnded ? true : outgoing.write(text)),
    end: () => { outgoing.end(); },
  };
}

/** One event. JSON text has no line breaks, so one data line is enough; `id` is what the client comes back with. */
export const frame = (type: string, data: string, id?: string): string => `${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${data}\n\n`;
