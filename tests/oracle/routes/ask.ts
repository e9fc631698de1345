import { Agent, request } from 'node:http';
import type { Random } from '../random.ts';
import type { Asker, World } from './world.ts';

/** One request, and what the oracle says of its answer: null, or what is wrong with it. */
export interface Case {
  asker: Asker;
  path: string;
  body?: unknown;
  /** Sent as it is, instead of a body. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
  /** A stream is read until it holds this; without it, it is cut off after its head. */
  until?: string;
  /** Judges the answer; also tells the model of what has changed. */
  judge(answer: Answer): string | null;
}
/** An answer, its JSON parsed where it is JSON. */
export interface Answer { status: number; json: unknown; text: string; headers: Record<string, unknown> }
/** Makes one case of a route. */
export type Generator = (world: World, random: Random) => Case;

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends a case. */
export function send(base: string, method: string, { asker, path, body, raw, until, headers: more }: Omit<Case, 'judge'>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { accept: 'application/json', ...more };
    if (asker.session !== null) headers['authorization'] = `Bearer ${asker.session}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    const asked = request(base + path, { method, headers, agent }, (incoming) => {
      const isStream = String(incoming.headers['content-type']).startsWith('text/event-stream');
      if (isStream && until === undefined) {
        asked.destroy();
        resolve({ status: incoming.statusCode ?? 0, json: null, text: '', headers: incoming.headers });
        return;
      }
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (!isStream || !text.includes(until!)) return;
        asked.destroy();
        resolve({ status: incoming.statusCode ?? 0, json: null, text, headers: incoming.headers });
      }).on('error', () => {}).on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, json: parsed(text), text, headers: incoming.headers }));
    }).on('error', (error) => { if (!asked.destroyed) reject(error); });
    asked.end(raw ?? (body === undefined ? undefined : JSON.stringify(body)));
  });
}

function parsed(text: string): unknown {
  try { return JSON.parse(text); } catch { return null; }
}

/** Judges by status alone. */
export const status = (...allowed: number[]) => ({ status: got, text }: Answer): string | null =>
  (allowed.includes(got) ? null : `status ${got}, but ${allowed.join(' or ')} was due: ${text.slice(0, 200)}`);

/** A judge for whoever is not signed in, or null when the asker is a member. */
export const signedOut = (asker: Asker): ((answer: Answer) => string | null) | null => (asker.kind === 'member' ? null : status(401));

/** A judge for whoever is not the steward, or null for the steward. */
export const notSteward = (asker: Asker): ((answer: Answer) => string | null) | null => signedOut(asker) ?? (asker.steward ? null : status(403));

/** A hash of nothing. */
export const HASH = 'A'.repeat(43);
