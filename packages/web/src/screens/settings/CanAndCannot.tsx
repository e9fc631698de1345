import { Icon, type IconName } from '../../components/Icon.tsx';
import { house, me } from '../../state/session.ts';
import { t } from '../parts/words.ts';

/** What this house can read and do to the person, and what it cannot: exactly what is so today. */
export function CanAndCannot() {
  const { steward } = house.value!;
  const { recovery, role } = me.value!;
  const who = role === 'steward' ? t('can.you') : steward ? t('can.steward', { name: steward.name }) : null;
  const can = [t('can.read'), t('can.see'), t('can.write'), t('can.hide'), role === 'steward' ? t('can.steward.you') : t('can.steward.does'), ...(recovery === 'house' ? [t('can.move')] : [])];
  const cannot = [...(recovery === 'browser' ? [t('cannot.keys')] : []), t('cannot.pass'), t('cannot.report')];
  return (
    <section class="card" aria-labelledby="can">
      <div class="head"><h2 class="t-20" id="can">{t('can.title')}</h2></div>
      <div class="body stack">
        {who ? <p class="dim">{who}</p> : null}
        <List title={t('can')} icon="eye" tone="amber" items={can} />
        <hr class="rule" />
        <List title={t('cannot')} icon="lock" tone="green" items={cannot} />
        <div class="note plain"><Icon name="lock" /><p>{t('cannot.messages')}</p></div>
      </div>
    </section>
  );
}

function List({ title, icon, tone, items }: { title: string; icon: IconName; tone: 'amber' | 'green'; items: readonly string[] }) {
  return (
    <div class="stack tight">
      <h3 class="label">{title}</h3>
      <ul class="ticks">{items.map((item) => <li><span class={tone}><Icon name={icon} /></span>{item}</li>)}</ul>
    </div>
  );
}
