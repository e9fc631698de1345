import { ApiError } from '@commonhold/sdk';
import { refusalText, t } from './index.ts';

/** What went wrong, in a sentence. */
export function faultText(error: unknown): string {
  if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) return t('unreachable.text');
  return refusalText(error);
}
