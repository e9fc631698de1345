import type { Seen } from '../routes/data-model.ts';
import { SERVICE, type Asker } from './world.ts';

/** What came of a question: a value, or the code of a refusal. */
export type Answered<T> = { value: T } | { refused: string };
/** Asks; what is no refusal is thrown on. */
export const asked = async <T>(work: () => T | Promise<T>): Promise<Answered<T>> => {
  try { return { value: await work() }; } catch (error) {
    if (typeof (error as { code?: unknown }).code === 'string') return { refused: (error as { code: string }).code };
    throw error;
  }
};
/** A body as text, whatever the order of its fields. */
export const sorted = (body: object): string => JSON.stringify(Object.entries(body).sort());

/** A record as answers are compared. */
export const asText = ({ key, author, audience, body, whole }: Omit<Seen, 'note'>): string => `${key} ${author} ${audience} ${whole ? 'whole' : 'part'} ${sorted(body)}`;

/** The code with which a token is refused, whatever is asked; null where it is not. */
export const tokenRefuses = ({ services, write }: Asker, writes: boolean): string | null => (services !== null && !services.includes(SERVICE) ? 'token_services' : writes && !write ? 'token_read_only' : null);

/** Somebody, somewhere. */
export interface Spot { asker: Asker; owner: string; collection: string }
