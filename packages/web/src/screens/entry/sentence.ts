import type { ApiError } from '@commonhold/sdk';
import { refusalText } from '../../i18n/index.ts';
import { t } from './words.ts';

/** What a refusal means for the person, in a sentence that says what to do. */
export function sentenceFor(error: ApiError): string {
  switch (error.code) {
    case 'unreachable': return t('no.answer');
    case 'nothing_kept': return t('no.keeping');
    case 'slow_down': case 'too_many_requests': return t('no.slow', { seconds: error.retryAfter ?? 60 });
    case 'busy': return t('no.busy');
    case 'code_wrong': return t('no.code');
    case 'wrong_passphrase': return t('no.fit');
    case 'challenge_ended': return t('no.late');
    case 'passkey_wrong': return t('no.passkey');
    case 'passkey_failed': return t('no.passkey.failed');
    default: return refusalText(error);
  }
}
