import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Note } from '../../components/Note.tsx';
import { me, signOut } from '../../state/session.ts';
import { Accounts } from './Accounts.tsx';
import { Kept } from './Kept.tsx';
import { Locked } from './Locked.tsx';
import { Public } from './Public.tsx';
import { useAct } from '../parts/useAct.ts';
import { t } from '../parts/words.ts';

/** Who the person is here, the way out, and whom they keep away. */
export const You = () => <><div class="stack"><Self /><Accounts /><Locked /></div><div class="stack"><Public /><Kept /></div></>;

function Self() {
  const { persona, name, handle, bio, role } = me.value!;
  const act = useAct();
  return (
    <section class="card" aria-labelledby="you">
      <div class="head"><h2 class="t-20" id="you">{t('you')}</h2></div>
      <div class="body stack">
        <div class="row">
          <Face persona={persona} size={56} />
          <div class="grow"><p class="b clip1">{name}</p><p class="t-14 dim">@{handle}{role === 'steward' ? ` · ${t('you.steward')}` : ''}</p></div>
        </div>
        {bio ? <p dir="auto">{bio}</p> : <p class="dim">{t('you.nobio')}</p>}
        <div class="row wrap"><Button href={`/@${handle}`}>{t('you.profile')}</Button><Button kind="plain" busy={act.busy} onClick={() => act.run(signOut)}>{t('sessions.out')}</Button></div>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
    </section>
  );
}
