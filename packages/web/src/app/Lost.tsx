import { Button } from '../components/Button.tsx';
import { Empty } from '../components/Empty.tsx';
import { Page } from '../components/Page.tsx';
import { t } from '../i18n/index.ts';

/** No such page. */
export function Lost() {
  return (
    <Page title={t('lost.title')}>
      <div class="card sheet"><Empty title={t('lost.title')} action={<Button href="/">{t('lost.home')}</Button>}><p>{t('lost.text')}</p></Empty></div>
    </Page>
  );
}
