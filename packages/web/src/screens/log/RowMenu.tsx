import type { LogLine } from '@commonhold/sdk';
import { useLocation } from 'preact-iso';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { client } from '../../state/client.ts';
import { block } from '../../state/distance.ts';
import { openReport } from '../../state/report.ts';
import { toast } from '../../state/toast.ts';
import { pauseFor } from '../services/pause.ts';
import { t } from './words.ts';

async function endToken({ id, label }: { id: string; label: string }): Promise<void> {
  try {
    await client.me.endToken(id);
    toast(t('ways.ended', { label }));
  } catch (error) {
    toast(faultText(error));
  }
}

async function pauseForADay(href: string): Promise<void> {
  const [, , persona, service] = href.split('/');
  try {
    const { title } = await pauseFor(persona!, service!, 'day');
    toast(t('act.paused', { title }), { label: t('act.resume'), run: () => client.services.resume(persona!, service!).catch((error: unknown) => toast(faultText(error))) });
  } catch (error) {
    toast(faultText(error));
  }
}

/** What can be done about a line, from the line itself: look closer, keep somebody away, take a key back, tell the stewards. */
export function RowMenu({ line: { who, service, collection }, name, things, href, onOnly }: { line: LogLine; name: string; things: string; href: string | null; onOnly: (query: Record<string, string>) => void }) {
  const { route } = useLocation();
  // Whom nobody can be told apart from is not blocked or reported as a person of the house: their service is.
  const about = who.kind === 'person' && who.handle ? who : null;
  return (
    <Menu label={t('act', { name })} button={<Icon name="more" />}>
      {who.kind === 'person' ? <MenuItem icon="eye" onPick={() => onOnly({ who: who.persona })}>{t('act.only', { name })}</MenuItem> : null}
      {who.kind === 'service' ? <MenuItem icon="eye" onPick={() => onOnly({ service: who.service })}>{t('act.only', { name })}</MenuItem> : null}
      {who.kind === 'app' ? <MenuItem icon="eye" onPick={() => onOnly({ who: `app:${who.id}` })}>{t('act.only', { name })}</MenuItem> : null}
      {collection ? <MenuItem icon="eye" onPick={() => onOnly({ what: `${service}.${collection}` })}>{t('act.only', { name: things })}</MenuItem> : null}
      {href ? <MenuItem icon="tune" onPick={() => route(`${href}#narrow`)}>{t('act.narrow')}</MenuItem> : null}
      {href ? <MenuItem icon="pause" onPick={() => void pauseForADay(href)}>{t('act.pause')}</MenuItem> : null}
      {href ? <MenuItem icon="leave" tone="danger" onPick={() => route(`${href}?leave`)}>{t('act.leave')}</MenuItem> : null}
      {who.kind === 'app' && who.label && !href ? <MenuItem icon="close" tone="danger" onPick={() => void endToken(who)}>{t('act.end')}</MenuItem> : null}
      {about ? <MenuItem icon="block" tone="danger" onPick={() => block(about)}>{t('act.block', { name })}</MenuItem> : null}
      {about ? <MenuItem icon="flag" onPick={() => openReport(about.persona)}>{t('act.report', { name })}</MenuItem> : null}
    </Menu>
  );
}
