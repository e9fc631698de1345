import { createClient } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { readingOffline } from '../offline/answers.ts';
import { bringing } from './brought.ts';
import { calling } from './called.ts';
import { toast } from './toast.ts';

/* What the app keeps by itself: whoever looks around in a made-up house has not asked for it. */
const QUIET = /\/(?:marks|read|drafts\b.*)$/;

let acting: string | null = null;
let onOther = (): void => undefined;

/** Says as whom this page acts; `other` is called when the house says that somebody else is signed in at this browser by now. */
export function actAs(persona: string | null, other: () => void): void {
  acting = persona;
  onOther = other;
}

/** Whom this page acts as. */
export const actsAs = (): string | null => acting;

/**
 * `fetch` that names the persona this page shows: another tab may have changed the account, and then the house refuses
 * (`other_person`) rather than answer, or write, as somebody else.
 */
export const asPersona: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  if (acting) headers.set('commonhold-persona', acting);
  const answer = await fetch(input, { ...init, headers });
  if (answer.status === 403 && acting && !QUIET.test(String(input)) && (await answer.clone().text()).includes('"look_only"')) toast(t('look.only'));
  if (answer.status === 409 && acting && (await answer.clone().text()).includes('"other_person"')) onOther();
  return answer;
};

/** The one client of the app: same origin, the browser's cookie; what was read before is answered from this browser when the house is away. */
export const client = createClient({ fetch: calling(readingOffline(bringing(asPersona), actsAs)) });
