import type { ComponentChildren } from 'preact';
import type { Shelved } from '@commonhold/sdk';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { IconButton } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import { client } from '../../state/client.ts';
import { me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from './words.ts';

const lookOf = ({ hash }: Shelved): string => `/services/look?hash=${hash}`;

interface ToolsProps { one: Shelved; place: number; of: number; onMove: (by: -1 | 1) => void; onDrop: () => void }

/** What stewards do about one: where it stands, its word, and whether it stands there at all. */
function Tools({ one, place, of, onMove, onDrop }: ToolsProps) {
  const { route } = useLocation();
  return (
    <>
      {of > 1 ? <span class="row tight"><IconButton id={`up-${one.service}`} icon="rise" label={t('shelf.up', { title: one.title })} onClick={() => { if (place > 0) onMove(-1); }} /><IconButton icon="down" label={t('shelf.down', { title: one.title })} onClick={() => { if (place < of - 1) onMove(1); }} /></span> : null}
      <Menu label={t('shelf.act', { title: one.title })} button={<Icon name="more" />}>
        <MenuItem icon="pen" onPick={() => { route(`${lookOf(one)}#recommend`); }}>{t('shelf.note.change')}</MenuItem>
        <MenuItem icon="close" tone="danger" onPick={onDrop}>{t('shelf.drop')}</MenuItem>
      </Menu>
    </>
  );
}

function Row({ one, tools }: { one: Shelved; tools: ComponentChildren }) {
  const href = one.joined ? `/services/${one.joined.persona}/${one.service}` : lookOf(one);
  return (
    <li class="shelved">
      <span class="svc g"><Icon name="plug" /></span>
      <div class="grow stack tight">
        <p><a class="quiet-link b" href={href} dir="auto">{one.title}</a> <span class="t-14 dim">{t('card.by', { publisher: one.publisher, version: one.version })}</span></p>
        <p class="t-14" dir="auto">{t('quoted', { words: one.purpose })}</p>
        {one.note ? <p class="t-14 dim" dir="auto">{t('shelf.note', { note: one.note })}</p> : null}
        {one.joined ? <p><span class="tag house"><Icon name="check" />{t('shelf.joined')}</span></p> : null}
      </div>
      {tools ?? <a class="icon-btn" href={href} aria-label={t('shelf.look.name', { title: one.title })} tabIndex={-1}><Icon name="next" /></a>}
    </li>
  );
}

/** What the stewards recommend; they put it in order here. */
export function Shelf() {
  const load = useLoad((signal) => client.services.shelf({ signal }));
  const isSteward = me.value?.role === 'steward';
  const moved = useRef<string | null>(null);
  const all = load.value?.services ?? [];
  // The row has moved under the finger: the focus goes with it.
  useEffect(() => { if (moved.current) document.getElementById(moved.current)?.focus({ preventScroll: true }); moved.current = null; }, [load.value]);
  const set = (services: Shelved[]) => { const before = all; load.set({ services }); return (error: unknown) => { load.set({ services: before }); toast(faultText(error)); }; };
  const move = (at: number, by: -1 | 1) => {
    const next = [...all];
    next.splice(at + by, 0, ...next.splice(at, 1));
    moved.current = `up-${all[at]!.service}`;
    const back = set(next);
    client.services.orderShelf(next.map(({ service }) => service)).catch(back);
  };
  const drop = (one: Shelved) => {
    const back = set(all.filter((other) => other !== one));
    client.services.unshelve(one.service).then(() => { document.getElementById('shelf')?.focus({ preventScroll: true }); toast(t('shelf.dropped', { title: one.title })); }, back);
  };
  if (load.error) return <div class="card sheet"><Failed title={t('shelf.failed')} error={load.error} again={load.again} /></div>;
  if (all.length === 0 && !isSteward) return null;
  return (
    <section class="card sheet" aria-labelledby="shelf">
      <div class="head"><h2 class="t-16" id="shelf" tabIndex={-1}>{t('shelf')}</h2></div>
      {all.length > 0 ? <ul class="list">{all.map((one, at) => <Row key={one.service} one={one} tools={isSteward ? <Tools one={one} place={at} of={all.length} onMove={(by) => move(at, by)} onDrop={() => drop(one)} /> : null} />)}</ul>
        : <p class="body dim">{t(load.value ? 'shelf.none' : 'loading')}</p>}
    </section>
  );
}
