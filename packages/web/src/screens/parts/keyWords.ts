import type { ApiError } from '@commonhold/sdk';
import { faultText } from '../../components/Empty.tsx';
import { keys } from '../../i18n/en/keys.ts';
import { scope } from '../../i18n/scope.ts';

/** The words of devices, links, recovery words and passkeys. */
export const { t, tx } = scope('keys', keys);

const SAID: Readonly<Record<string, keyof typeof keys>> = {
  move_pending: 'fault.pending', no_key_here: 'fault.nokey', signer_revoked: 'fault.nokey', signer_not_manage: 'fault.nokey', signer_unknown: 'fault.nokey',
  bad_key_log: 'fault.log', nothing_kept: 'fault.kept', pod_moved: 'fault.moved', retired: 'retired.text', link_changed: 'add.changed',
  passkeys_full: 'passkeys.full', passkey_known: 'passkeys.known', passkey_failed: 'passkeys.failed', bad_passkey: 'passkeys.failed', passkeys_not_here: 'passkeys.nothere',
  recovery_unknown: 'back.unknown', other_words: 'words.fault.other', rotated_words: 'words.fault.rotated', signer_rotated: 'words.fault.rotated',
};

/** What went wrong with keys, in a sentence. */
export function keyFault(error: ApiError): string {
  if (error.code === 'slow_down' || error.code === 'too_many_requests') return t('back.slow', { seconds: error.retryAfter ?? 60 });
  const said = SAID[error.code];
  return said ? t(said) : faultText(error);
}
