import { services } from '../../i18n/en/services.ts';
import { scope } from '../../i18n/scope.ts';

/** Words of the services' screens. */
export const { t, tx } = scope('services', services);

/** Audiences that records of others' services may have. */
export type AudienceName = 'close' | 'linked' | 'house' | 'members' | 'followers' | 'everyone';
