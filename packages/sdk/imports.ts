import type { Job } from './jobs.ts';
import { path, type CallOptions, type Send } from './request.ts';

/** For whom posts that are brought along may be at most; never for more than they were. */
export type ImportAudience = 'only-me' | 'as-it-was' | 'followers' | 'house' | 'everyone';
/** The lists that go out and come in as CSV, as Mastodon has them. */
export type CsvList = 'following' | 'blocks' | 'mutes' | 'lists' | 'bookmarks';
type Bytes = Blob | Uint8Array<ArrayBuffer>;

const POD_URL = '/me/import/pod', PSEUDONYM_URL = '/me/import/pseudonym';
const pastUrl = (audience: ImportAudience, profile = false): string => `/me/import/past?audience=${audience}${profile ? '&profile=1' : ''}`;
const listInUrl = (list: CsvList): string => `/me/import/list?list=${list}`;

/** Bringing along what one has elsewhere. Each takes the file and begins a job, whose result is `{import, …}` with numbers; 409 `job_running`, 413 `import_too_big`, 503 `no_space`. */
export const imports = (send: Send) => ({
  /** The archive of Mastodon or X, or the zip of one's data in another house. */
  past: (archive: Bytes, audience: ImportAudience = 'only-me', options?: CallOptions) => send<{ job: Job }>(pastUrl(audience), { ...options, method: 'POST', bytes: archive }),
  list: (csv: Bytes, list: CsvList, options?: CallOptions) => send<{ job: Job }>(listInUrl(list), { ...options, method: 'POST', bytes: csv }),
  pod: (zip: Bytes, options?: CallOptions) => send<{ job: Job }>(POD_URL, { ...options, method: 'POST', bytes: zip }),
  /** The export of one service, after the house before has handed over who one is there. */
  pseudonym: (lines: Bytes, options?: CallOptions) => send<{ job: Job }>(PSEUDONYM_URL, { ...options, method: 'POST', bytes: lines }),
  /** Where these are posted to, for whoever shows how much has been sent. */
  pastUrl, listInUrl, podUrl: POD_URL, pseudonymUrl: PSEUDONYM_URL,
  /** Address of what could not be brought along (JSON Lines of `{item, at?, why}`). */
  failuresUrl: (id: string): string => path('me', 'imports', id, 'failures'),
  /** Address of one of one's lists as CSV. */
  listUrl: (list: CsvList): string => `/me/export/${list}.csv`,
});
