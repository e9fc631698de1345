import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { isBlobName, Refusal } from '@commonhold/core';
import { personaOf } from '../../../firewall/caller.ts';
import { API_HEADERS } from '../checks/headers.ts';
import { HEAD_BYTES, mediaOf } from '../checks/media.ts';
import { bodyOf, lengthOf } from '../checks/pace.ts';
import { isMatch, spanOf, type Span } from '../checks/range.ts';
import { write } from '../write.ts';
import type { WebDeps } from '../ports.ts';
import { NOT_FOUND, problem } from '../problem.ts';
import { created, none, type Answer, type Call, type Route } from '../route.ts';
import { shape } from '../shapes.ts';

const BASE = '/pods/{persona}/{service}';
const BYTES = { type: 'string', description: 'The bytes' } as const;

/**
 * Headers of bytes that somebody sent here: whatever they are, they run nothing, and no other site shows them. A browser may keep
 * them for ten minutes without asking again, for whoever it was signed in as.
 */
const BLOB_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  ...API_HEADERS, 'content-security-policy': "sandbox; default-src 'none'", 'cache-control': 'private, max-age=600, immutable', vary: 'authorization, cookie, origin', 'accept-ranges': 'bytes',
});

/** Services whose pictures are made anew before they are kept (routes/pictures.ts): what is sent here is kept as it is. */
const PICTURED: ReadonlySet<string> = new Set(['microblog', 'people']);

function checkPlain({ caller, params }: Call): void {
  if (!PICTURED.has(params['service']!) || personaOf(caller) !== params['persona']) return;
  throw new Refusal('invalid', 'pictures_only', `Send pictures to /${params['service']!}/images: there, what says where they were taken is removed.`);
}

/** Bytes beside records (docs/data-api.md, "Files"): sent to one's own pod, read by the record that names them. */
export function blobRoutes({ gate: { blobs } }: Pick<WebDeps, 'gate'>): Route[] {
  return [
    {
      method: 'POST', path: `${BASE}/blobs`, summary: 'Send a picture or another file, to be named by a record within a day', auth: 'session', app: true, limit: 'upload',
      answers: { 201: shape({ blob: { type: 'string', minLength: 43, maxLength: 43 }, bytes: { type: 'integer' } }) },
      problems: ['not_found', 'no_blobs', 'pictures_only', 'blob_empty', 'blob_too_big', 'body_cut_short', 'pod_full', 'no_space', 'too_many_uploads'],
      handler: () => none(),
      bytes: { way: 'in', serve: async (call, incoming) => {
        checkPlain(call);
        const { caller, params } = call;
        return created(await blobs.receive(caller, { persona: params['persona']!, service: params['service']! }, bodyOf(incoming), lengthOf(incoming)));
      } },
    },
    {
      method: 'GET', path: `${BASE}/{collection}/{key}/blobs/{blob}`, summary: 'The bytes that a record names, if it is there and for you; ranges are served', auth: 'any', app: true, signed: true, limit: 'read',
      answers: { 200: BYTES, 206: BYTES, 304: null, 416: null }, problems: ['not_found', 'blob_damaged'],
      handler: () => none(), bytes: { way: 'out', serve: (call, incoming, outgoing) => give(blobs, call, incoming, outgoing) },
    },
  ];
}

async function give(blobs: WebDeps['gate']['blobs'], { caller, params }: Call, incoming: IncomingMessage, outgoing: ServerResponse): Promise<Answer | null> {
  const { persona, service, collection, key, blob } = params as { persona: string; service: string; collection: string; key: string; blob: string };
  // What is no name of a blob is asked for all the same, so that it takes as long.
  const found = blobs.find(caller, { persona, service, collection, key }, blob);
  if (!found || !isBlobName(blob)) { write(outgoing, NOT_FOUND); return null; }
  const etag = `"${blob}"`;
  const { headers } = incoming;
  if (isMatch(headers['if-none-match'], etag)) { outgoing.writeHead(304, { ...BLOB_HEADERS, etag }).end(); return null; }
  const asked = headers['if-range'] === undefined || headers['if-range'] === etag ? spanOf(headers.range, found.bytes) : null;
  if (asked === 'none') { write(outgoing, unsatisfiable(found.bytes)); return null; }
  const file = await blobs.open(found);
  try {
    const { type, shown } = mediaOf((await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)).buffer);
    const span: Span = asked ?? { start: 0, end: found.bytes - 1 };
    outgoing.writeHead(asked ? 206 : 200, {
      ...BLOB_HEADERS, etag, 'content-type': type, 'content-length': String(span.end - span.start + 1), 'content-disposition': shown ? 'inline' : 'attachment',
      ...(asked && { 'content-range': `bytes ${span.start}-${span.end}/${found.bytes}` }),
    });
    if (incoming.method === 'HEAD') outgoing.end();
    // A reader who goes away in between is no trouble of the house.
    else await pipeline(file.createReadStream({ ...span, autoClose: false }), outgoing).catch(() => {});
  } finally { await file.close(); }
  return null;
}

function unsatisfiable(bytes: number): ReturnType<typeof problem> {
  const reply = problem(416, 'range_unsatisfiable', 'There are no bytes at that place.', { expected: `a range within ${bytes} bytes` });
  return { ...reply, headers: { ...reply.headers, 'content-range': `bytes */${bytes}` } };
}
