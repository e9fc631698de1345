import { Refusal } from '@commonhold/core';
import { makeEars } from '../ears.ts';
import { obtain, type Wish } from './obtain.ts';
import { makeSigner } from './signer.ts';
import type { Certificate, CertificateStore } from './store.ts';

/** How it stands with the certificate; times in ms. */
export interface CertificateState {
  /** Null while there is none yet, or only one that has ended. */
  certificate: Pick<Certificate, 'from' | 'until' | 'issuer'> | null;
  /** Whether one is being asked for right now. */
  asking: boolean;
  /** Why the last try failed, if it did, and when the next one is due. */
  failed: { code: string; say: string } | null;
  next: number | null;
  /** How far this machine's clock is ahead of the authority's, when it was last heard. */
  ahead: number | null;
}

/** Sees to it that a house has a certificate. */
export interface CertificateKeeper {
  readonly current: Certificate | null;
  readonly state: CertificateState;
  /** What is to be found under `/.well-known/acme-challenge/TOKEN` on port 80, or null. */
  challenge(token: string): string | null;
  /** Puts words of one's own there, to see whether the name leads here; call the answer to take them away. */
  show(token: string, answer: string): () => void;
  /** Hears of every certificate and every failure; answers how to stop. */
  listen(listener: () => void): () => void;
  /** Begins; nothing waits for it. */
  start(): void;
  close(): void;
}

/** What it needs; `now` and `fetch` are replaced by tests. */
export interface KeeperDeps extends Wish { store: CertificateStore; onError(error: unknown): void; now?: () => number; fetch?: typeof fetch }

const MINUTE = 60_000;
/** Authorities count failures by the hour: few tries soon, then seldom. */
const WAITS = [1, 2, 5, 15, 60, 360].map((minutes) => minutes * MINUTE);
/** Clocks are set and machines sleep: the time is looked at now and then, rather than waited for once. */
const LOOK = 10 * MINUTE;

/** When a certificate is to be renewed: at two thirds of its life. */
export const renewalOf = ({ from, until }: Pick<Certificate, 'from' | 'until'>): number => from + ((until - from) * 2) / 3;

/** Keeps one name's certificate: takes the kept one, obtains one where there is none, renews in time, tries again with growing waits. */
export function keepCertificate({ store, onError, now = Date.now, fetch: go = fetch, ...wish }: KeeperDeps): CertificateKeeper {
  const shown = new Map<string, string>();
  const ears = makeEars<[]>(onError);
  const closing = new AbortController();
  const { signal } = closing;
  let current = store.read(wish.domain);
  let timer: NodeJS.Timeout | undefined;
  let failures = 0, asking = false;
  let failed: CertificateState['failed'] = null, next: number | null = null, ahead: number | null = null;
  const show = (token: string, answer: string) => { shown.set(token, answer); return () => { shown.delete(token); }; };
  const due = (): number => (failures > 0 ? next! : current === null ? now() : renewalOf(current));
  const look = (): void => {
    clearTimeout(timer);
    if (signal.aborted) return;
    next = due();
    const left = next - now();
    if (left <= 0) { void renew().finally(look); return; }
    timer = setTimeout(look, Math.min(left, LOOK)).unref();
  };
  const renew = async (): Promise<void> => {
    asking = true;
    try {
      const deps = { fetch: go, signal, onDate: (ms: number) => { ahead = now() - ms; } };
      current = store.keep(wish.domain, await obtain(wish, makeSigner(store.accountKey()), { show }, deps));
      failures = 0;
      failed = null;
    } catch (error) {
      if (signal.aborted) return;
      next = now() + WAITS[Math.min(failures++, WAITS.length - 1)]!;
      failed = error instanceof Refusal ? { code: error.code, say: error.message } : { code: 'acme_failed', say: 'The certificate could not be obtained.' };
      onError(error);
    } finally { asking = false; }
    ears.tell();
  };
  return {
    get current() { return current; },
    get state() {
      const certificate = current && current.until > now() ? { from: current.from, until: current.until, issuer: current.issuer } : null;
      return { certificate, asking, failed, next, ahead };
    },
    challenge: (token) => shown.get(token) ?? null,
    show,
    listen: ears.listen,
    start: look,
    close: () => { closing.abort(); clearTimeout(timer); },
  };
}
