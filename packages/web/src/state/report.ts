import { signal } from '@preact/signals';
import type { Ref } from '@commonhold/sdk';

/** What the reader is about to report: a person, a post of theirs, or a service; `joined`: by the reader. */
export type Reporting = { persona: string; key?: string } | { service: string; title: string; joined: boolean };

/** What the reader is about to report; the dialog over the page is open while there is something. */
export const reporting = signal<Reporting | null>(null);

/** Opens the dialog that reports a post, a person by their persona id, or a service. */
export function openReport(about: Ref | string | Extract<Reporting, { service: string }>): void {
  reporting.value = typeof about === 'string' ? { persona: about } : 'service' in about ? about : { persona: about.persona, key: about.key };
}
