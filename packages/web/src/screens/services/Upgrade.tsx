import type { DiffRow } from '@commonhold/core';
import type { Joined, Upgrade as Offer } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { language, refusalText } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { asContract, useDiff } from './useCard.ts';
import { t } from './words.ts';

const SIGNS = { wider: ['plus', 'everyone'], narrower: ['minus', 'house'], changed: ['retry', 'only-me'] } as const satisfies Record<DiffRow['direction'], readonly [IconName, string]>;

function Row({ row: { direction, before, after } }: { row: DiffRow }) {
  const [icon, tone] = SIGNS[direction];
  return (
    <li class="diff-row">
      <span class={`diff-sign ${tone}`}><Icon name={icon} size="s" /></span>
      <div class="grow stack tight">
        <p class={`t-13 b ${tone}`}>{t(`diff.${direction}`)}</p>
        {before ? <p class="dim"><span class="vh">{t('diff.before')} </span><s>{before}</s></p> : null}
        {after ? <p class="b">{before ? <span class="vh">{t('diff.after')} </span> : null}{after}</p> : <p class="b">{t('diff.gone')}</p>}
      </div>
    </li>
  );
}

/** A later version: what it changes, in sentences, and what one wants of it. Nothing widens by itself. */
export function Upgrade({ of, offer, onDone, onLeave }: { of: Joined; offer: Offer & { to: NonNullable<Offer['to']> }; onDone: (now: Joined) => void; onLeave: () => void }) {
  const { from, to } = offer;
  const [earlier, setEarlier] = useState(false);
  const act = useAct();
  const diff = useDiff(asContract(from.contract), asContract(to.contract));
  const accept = () => act.run(async () => { onDone(await client.services.accept(of.persona, of.service, { hash: to.hash, earlier })); toast(t('upgrade.done', { title: of.title, version: to.version })); });
  const stay = () => act.run(async () => { onDone(await client.services.stay(of.persona, of.service, to.hash)); toast(t('upgrade.stayed', { version: from.version })); });
  // Whoever joined a draft knows that nobody has signed it.
  const blocks = diff.ok ? to.blocks.filter(({ code }) => !(of.draft && code === 'unsigned')) : [{ code: 'no_words', say: diff.message }];
  return (
    <section class="card contract" aria-labelledby="upgrade" lang={language}>
      <header class="contract-head"><span class="svc g"><Icon name="up" /></span><div class="grow"><h2 class="t-20" id="upgrade" dir="auto">{t('upgrade', { title: of.title })}</h2><p class="t-14 dim">{t('upgrade.versions', { from: from.version, to: to.version })}</p></div></header>
      {diff.ok ? (
        <>
          <p class="contract-top b">{diff.value.summary}</p>
          {diff.value.redLines.length > 0 ? <div class="contract-top"><Note kind="warn" icon="flag"><p class="b">{t('upgrade.red', { n: diff.value.redLines.length })}</p><ul class="plain">{diff.value.redLines.map((one) => <li key={one}>{one}</li>)}</ul></Note></div> : null}
          <ul class="diff">{diff.value.rows.map((row) => <Row key={row.at} row={row} />)}</ul>
          {diff.value.same.length > 0 ? <details class="contract-acts"><summary class="tap"><Icon name="check" size="s" />{t('diff.same', { n: diff.value.same.length })}</summary><ul class="plain t-14 dim">{diff.value.same.map((one) => <li key={one}>{one}</li>)}</ul></details> : null}
        </>
      ) : null}
      <div class="contract-acts stack">
        {blocks.length > 0 ? <Note kind="bad"><p class="b">{t('upgrade.blocked')}</p><ul class="plain">{blocks.map(({ code, say }) => <li key={code}>{refusalText({ code, detail: say })}</li>)}</ul></Note>
          : <label class="check"><input type="checkbox" checked={earlier} onChange={(event) => setEarlier(event.currentTarget.checked)} /><span>{t('upgrade.earlier')}<small class="hint block">{t('upgrade.earlier.text')}</small></span></label>}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="trio col">
          {blocks.length > 0 ? null : <Button busy={act.busy} onClick={accept}>{t('upgrade.accept', { version: to.version })}</Button>}
          <Button busy={act.busy} onClick={stay}>{t('upgrade.stay', { version: from.version })}</Button>
          <Button onClick={onLeave}>{t('upgrade.leave')}</Button>
        </div>
        <p class="hint">{t('upgrade.hint')}</p>
      </div>
    </section>
  );
}
