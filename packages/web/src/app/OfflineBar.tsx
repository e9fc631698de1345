import { Icon } from '../components/Icon.tsx';
import { t } from '../i18n/index.ts';
import { connection } from '../state/connection.ts';

/** Says when there is no network, or no house at the other end. */
export function OfflineBar() {
  if (connection.value === 'on') return null;
  return <div class="bar-offline" role="status"><Icon name="away" />{t(connection.value === 'offline' ? 'offline' : 'house.unreachable')}</div>;
}
