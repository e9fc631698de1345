import type { HealthTile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { health } from '../../i18n/en/health.ts';
import { locale } from '../../i18n/index.ts';
import { scope } from '../../i18n/scope.ts';
import { client } from '../../state/client.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { dateOf, when } from './names.ts';

const { t } = scope('health', health);
type Key = keyof typeof health;

const SIGNS: Readonly<Record<HealthTile['state'], IconName>> = { good: 'check', watch: 'eye', act: 'flag' };
const KINDS: Readonly<Record<HealthTile['kind'], IconName>> = {
  disk: 'save', memory: 'card', descriptors: 'page', clock: 'clock', queue: 'right', certificate: 'lock', dns: 'at', ports: 'globe', backup: 'keep',
};
const ORDER = { act: 0, watch: 1, good: 2 } as const;
const REACH: ReadonlySet<string> = new Set(['certificate', 'dns', 'ports']);

/* What is typed into a terminal of the machine. */
const COMMANDS: Readonly<Record<string, (facts: HealthTile['facts']) => string>> = {
  clock_off: () => 'sudo timedatectl set-ntp true', descriptors_few: ({ need }) => `ulimit -n ${need}`, descriptors_out: ({ pid }) => `prlimit --pid ${pid} --nofile=4096`,
};

/** How the house is: a tile for each thing that it looks after, and at the top the one thing to do next. */
export function Health() {
  const load = useLoad((signal) => client.care.health({ signal }));
  return (
    <div class="stack">
      <p class="dim">{t('lead')}</p>
      <Loaded load={load}>{({ tiles }) => <Tiles tiles={[...tiles].sort((a, b) => ORDER[a.state] - ORDER[b.state])} again={load.again} />}</Loaded>
    </div>
  );
}

function Tiles({ tiles, again }: { tiles: readonly HealthTile[]; again: () => void }) {
  const first = tiles.find(({ state }) => state !== 'good');
  const unreached = tiles.some(({ kind, state }) => state !== 'good' && REACH.has(kind));
  return (
    <>
      <section class="card pad stack" aria-labelledby="health-next">
        <h2 class="t-20" id="health-next">{first ? t('next') : t('well')}</h2>
        <p>{first ? todoOf(first) : t('well.text')}</p>
        <div class="row wrap"><Button small onClick={again}><Icon name="retry" />{t('again')}</Button></div>
      </section>
      <ul class="health">{tiles.map((tile) => <Tile key={tile.kind} tile={tile} />)}</ul>
      {unreached ? <Steps /> : null}
    </>
  );
}

function Tile({ tile: { kind, state, code, facts }, tile }: { tile: HealthTile }) {
  const command = COMMANDS[code]?.(facts);
  return (
    <li class={`card pad stack tight ${state}`}>
      <div class="row"><span class={state === 'good' ? 'svc g' : 'svc a'}><Icon name={KINDS[kind]} /></span><h3 class="t-16 grow">{t(kind)}</h3><span class={state === 'good' ? 'tag house' : state === 'act' ? 'tag bad' : 'tag warn'}><Icon name={SIGNS[state]} />{t(`state.${state}`)}</span></div>
      <p>{wordsOf(tile)}</p>
      {state === 'good' ? null : <p class="b">{todoOf(tile)}</p>}
      {state !== 'good' && command ? <p><code class="command">{command}</code></p> : null}
      {state === 'good' ? null : <Where kind={kind} facts={facts} />}
    </li>
  );
}

/* Where the thing to do is done. */
function Where({ kind, facts: { origin } }: Pick<HealthTile, 'kind' | 'facts'>) {
  if (kind === 'backup') return <div class="row wrap"><Button small href="/settings/house">{t('settings')}</Button></div>;
  if (!REACH.has(kind)) return null;
  return (
    <div class="row wrap">
      {kind === 'ports' ? <Button small href={String(origin)}>{t('open', { where: new URL(String(origin)).host })}</Button> : null}
      <Button small href="#reach">{t('steps')}</Button>
    </div>
  );
}

const Steps = () => (
  <section class="card pad stack" aria-labelledby="reach">
    <h2 class="t-20" id="reach" tabIndex={-1}>{t('reach')}</h2>
    <ol class="rules">{(['reach.1', 'reach.2', 'reach.3'] as const).map((one) => <li key={one}>{t(one)}</li>)}</ol>
  </section>
);

const known = (key: string): key is Key => Object.hasOwn(health, key);
/* A newer house may look after more than this app knows of. */
const wordsOf = ({ code, facts }: HealthTile): string => (known(code) ? t(code, readable(facts)) : code);

function todoOf({ code, facts }: HealthTile): string {
  const key = `${code}.do`;
  return known(key) ? t(key, readable(facts)) : '';
}

const BYTES: ReadonlySet<string> = new Set(['free', 'of', 'used']);
const MOMENTS: ReadonlySet<string> = new Set(['at', 'drilled', 'next']);

function readable(facts: HealthTile['facts']): Record<string, string | number> {
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => {
    if (typeof value !== 'number') return [name, value];
    if (BYTES.has(name)) return [name, bytes(value)];
    if (name === 'until') return [name, dateOf(value)];
    if (name === 'now') return [name, new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(value)];
    return [name, MOMENTS.has(name) ? when(value) : value];
  }));
}

function bytes(value: number): string {
  const [unit, of] = value >= 1e9 ? ['gigabyte', 1e9] as const : ['megabyte', 1e6] as const;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 1e10 && unit === 'gigabyte' ? 1 : 0 }).format(value / of);
}
