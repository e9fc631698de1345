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
import { whoId } from './lines.ts';
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

/** Closer looks at a line: at whoever it is about, at what it is about. */
const closer = ({ who, service, collection }: LogLine, name: string, things: string): { name: string; query: Record<string, string> }[] =>
  [{ name, query: who.kind === 'service' ? { service: who.service } : { who: whoId(who) } }, ...(collection ? [{ name: things, query: { what: `${service}.${collection}` } }] : [])];

/** The service that a line is about the makers of, or about a member whom nobody can tell apart from others there. */
function makerOf({ who, service, title }: LogLine & { title: string | null }): { service: string; title: string } | null {
  if (who.kind === 'service') return who.title ? { service: who.service, title: who.title } : null;
  return who.kind === 'person' && !who.handle && title ? { service, title } : null;
}

/** What can be done about a line, from the line itself: look closer, keep somebody away, take a key back, tell the stewards. */
export function RowMenu({ line, name, things, href, onOnly }: { line: LogLine & { title: string | null }; name: string; things: string; href: string | null; onOnly: (query: Record<string, string>) => void }) {
  const { route } = useLocation();
  const { who } = line;
  // Whom nobody can be told apart from is not blocked or reported as a person of the house: their service is.
  const about = who.kind === 'person' && who.handle ? who : null, maker = makerOf(line);
  return (
    <Menu label={t('act', { name })} button={<Icon name="more" />}>
      {closer(line, name, things).map((one) => <MenuItem key={one.name} icon="eye" onPick={() => onOnly(one.query)}>{t('act.only', { name: one.name })}</MenuItem>)}
      {href ? <MenuItem icon="tune" onPick={() => route(`${href}#narrow`)}>{t('act.narrow')}</MenuItem> : null}
      {href ? <MenuItem icon="pause" onPick={() => void pauseForADay(href)}>{t('act.pause')}</MenuItem> : null}
      {href ? <MenuItem icon="leave" tone="danger" onPick={() => route(`${href}?leave`)}>{t('act.leave')}</MenuItem> : null}
      {who.kind === 'app' && who.label && !href ? <MenuItem icon="close" tone="danger" onPick={() => void endToken(who)}>{t('act.end')}</MenuItem> : null}
      {about ? <MenuItem icon="block" tone="danger" onPick={() => block(about)}>{t('act.block', { name })}</MenuItem> : null}
      {about ? <MenuItem icon="flag" onPick={() => openReport(about.persona)}>{t('act.report', { name })}</MenuItem> : null}
      {maker ? <MenuItem icon="flag" onPick={() => openReport({ ...maker, joined: href !== null })}>{t('act.report', { name: maker.title })}</MenuItem> : null}
    </Menu>
  );
}
