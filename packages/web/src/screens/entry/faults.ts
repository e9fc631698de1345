import type { ApiError, NewPerson } from '@commonhold/sdk';
import { refusalText } from '../../i18n/index.ts';
import { handleFault } from './handle.ts';
import { strengthOf } from './passphrase.ts';
import { t } from './words.ts';

/** What is wrong with which field, in a sentence. */
export type Faults = Partial<Record<'name' | 'handle' | 'passphrase', string>>;

/** What can be seen here, before the house is asked. */
export function faultsIn({ name, handle, passphrase }: NewPerson): Faults {
  const form = handleFault(handle);
  return {
    ...(name.trim() === '' && { name: t('name.missing') }),
    ...([...name.trim()].length > 60 && { name: t('name.long') }),
    ...(form && { handle: t(form === 'missing' ? 'handle.missing' : 'handle.form') }),
    ...(!strengthOf(passphrase).enough && { passphrase: t('pass.short') }),
  };
}

/** The house's refusal as a fault of one field; null when it is about something else. */
export function faultOf(error: ApiError, handle: string): Faults | null {
  if (error.code === 'handle_taken') return { handle: t('handle.taken', { handle }) };
  if (error.code === 'handle_reserved') return { handle: t('handle.reserved', { handle }) };
  switch (error.field) {
    case 'person.handle': return { handle: t('handle.form') };
    case 'person.name': return { name: refusalText(error) };
    case 'person.passphrase': return { passphrase: refusalText(error) };
    default: return null;
  }
}
