import { signal } from '@preact/signals';
import type { Ref, ReportAbout } from '@commonhold/sdk';

/** What the reader is about to report; the dialog over the page is open while there is something. */
export const reporting = signal<ReportAbout | null>(null);

/** Opens the dialog that reports a post, or a person by their persona id. */
export function openReport(about: Ref | string): void {
  reporting.value = typeof about === 'string' ? { persona: about } : { persona: about.persona, key: about.key };
}
