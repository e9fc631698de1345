import { useEffect, useState } from 'preact/hooks';
import type { PostItem, Votes as Given } from '@commonhold/sdk';
import { Dialog } from '../components/Dialog.tsx';
import { Failed } from '../components/Empty.tsx';
import { posted } from '../i18n/en/posted.ts';
import { scope } from '../i18n/scope.ts';
import { client } from '../state/client.ts';
import { meet } from '../state/people.ts';
import { votesOf } from '../state/posts.ts';
import { FaceLink, homeOf, nameOf } from './parts.tsx';

const { t } = scope('posted', posted);

const Voter = ({ persona }: { persona: string }) =>
  <li class="row"><FaceLink persona={persona} size={36} /><a class="quiet-link b grow" href={homeOf(persona)} dir="auto" onClick={() => { votesOf.value = null; }}>{nameOf(persona)}</a></li>;

function Answers({ item, given }: { item: PostItem; given: Given }) {
  return (
    <>
      {item.body.poll!.options.map((option, i) => {
        const chose = given.votes.filter(({ choices }) => choices.includes(i));
        return (
          <section key={i} class="stack tight">
            <h3 class="t-16" dir="auto">{option}</h3>
            {chose.length ? <ul class="stack tight">{chose.map(({ by }) => <Voter key={by.persona} persona={by.persona} />)}</ul> : <p class="dim">{t('votes.none')}</p>}
          </section>
        );
      })}
      {given.more ? <p class="dim">{t('votes.more', { n: given.more })}</p> : null}
    </>
  );
}

function Votes({ item }: { item: PostItem }) {
  const [given, set] = useState<Given | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const load = () => {
    setFault(null);
    client.microblog.votesOf(item).then((answer) => { meet(Object.fromEntries(answer.votes.map(({ by }) => [by.persona, by]))); set(answer); }, setFault);
  };
  useEffect(load, []);
  return (
    <Dialog title={t('votes')} onClose={() => { votesOf.value = null; }}>
      {fault ? <Failed title={t('votes.failed')} error={fault} again={load} /> : (
        <div class="body stack" aria-busy={given ? undefined : 'true'}>
          {given ? <Answers item={item} given={given} /> : null}
          <p class="hint">{t('votes.text')}</p>
        </div>
      )}
    </Dialog>
  );
}

/** Who voted what in the poll that was asked about, over the page. */
export const VotesDialog = () => votesOf.value ? <Votes key={votesOf.value.key} item={votesOf.value} /> : null;
