import type { Joined } from '@commonhold/sdk';
import { client } from '../../state/client.ts';

/** For how long a service may be paused; or until one says otherwise. */
export const SPANS = ['day', 'week'] as const;
/** One of them. */
export type Span = (typeof SPANS)[number];

const MS: { readonly [span in Span]: number } = { day: 86_400_000, week: 7 * 86_400_000 };

/** Denies everybody but oneself for a while; null: until one ends it. */
export const pauseFor = (persona: string, service: string, span: Span | null): Promise<Joined> =>
  client.services.pause(persona, service, span === null ? undefined : Date.now() + MS[span]);
