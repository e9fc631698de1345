import { ApiError } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house, me, refreshMe } from '../../state/session.ts';
import { acts } from '../../keys/index.ts';
import { dropWords, kept, wordsFrom } from '../../vault/index.ts';
import { useLoad } from '../parts/useLoad.ts';
import { t } from '../parts/words.ts';
import { NewWords } from './keys/NewWords.tsx';
import { WordsCard } from './WordsCard.tsx';

/** The recovery words of the person, and for the steward those of the house. */
export function Words() {
  const { role, recovery } = me.value!;
  const [round, setRound] = useState(0);
  return (
    <>
      <div class="stack"><Mine key={round} />{recovery === 'browser' ? <NewWords key={`new${round}`} onNew={() => setRound(round + 1)} /> : null}</div>
      {role === 'steward' ? <HouseWords /> : <Why />}
    </>
  );
}

function Mine() {
  const { persona, recovery, wordsWritten } = me.value!;
  const load = useLoad(async () => {
    const mine = await kept(persona);
    return { entropy: mine?.entropy || mine?.next ? await (await acts()).settleWords(persona) : null };
  });
  const show = async (): Promise<readonly string[]> => wordsFrom(load.value!.entropy!);
  const written = async (): Promise<void> => {
    await client.me.wordsWritten();
    await dropWords(persona);
    await refreshMe();
  };
  const byHouse = recovery === 'house';
  const state = byHouse ? 'none' : wordsWritten ? 'written' : load.value && !load.value.entropy ? 'elsewhere' : 'open';
  return (
    <WordsCard title={t('words')} text={byHouse ? t('words.text.house') : t('words.text')} state={state} ready={load.value !== null} fault={load.error} show={show} written={written}>
      {state === 'written' ? <Note>{t('words.written')}</Note> : null}
      {byHouse ? <Note kind="warn">{t('words.byhouse')}</Note> : null}
      {state === 'elsewhere' ? <Note kind="warn">{t('words.elsewhere')}</Note> : null}
    </WordsCard>
  );
}

function HouseWords() {
  const load = useLoad(async () => client.house.kit().then(({ words }) => words as readonly string[] | null, (error: unknown) => {
    if (error instanceof ApiError && error.code === 'kit_gone') return null;
    throw error;
  }).then((words) => ({ words })));
  const [done, setDone] = useState(false);
  const gone = done || load.value?.words === null;
  return (
    <WordsCard second title={t('kit', { house: house.value!.title })} text={t('kit.text')} state={gone ? 'written' : 'open'} ready={load.value !== null} fault={load.error}
      show={async () => load.value!.words!} written={async () => { await client.house.endKit(); setDone(true); }}>
      {gone ? <Note>{t('kit.written')}</Note> : null}
    </WordsCard>
  );
}

function Why() {
  return (
    <section class="card" aria-labelledby="why">
      <div class="head"><h2 class="t-20" id="why">{t('why')}</h2></div>
      <div class="body stack"><p>{t('why.one')}</p><p>{t('why.two')}</p><p class="dim">{t('why.three')}</p></div>
    </section>
  );
}
