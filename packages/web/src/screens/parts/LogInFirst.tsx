import { Button } from '../../components/Button.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { house } from '../../state/session.ts';
import { t } from './movingWords.ts';

/** Whoever comes with a note and is not logged in yet; `next` is where they come back to. */
export const LogInFirst = ({ title, text, next }: { title: string; text: string; next: string }) => (
  <div class="card empty">
    <HouseMark id={house.value!.id} large />
    <h1 class="t-24" tabIndex={-1}>{title}</h1>
    <p>{text}</p>
    <Button kind="fill" href={`/login?next=${next}`}>{t('moved.login.go')}</Button>
  </div>
);
