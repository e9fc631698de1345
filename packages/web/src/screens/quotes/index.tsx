import { useEffect, useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { Lost } from '../../app/Lost.tsx';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { posted } from '../../i18n/en/posted.ts';
import { scope } from '../../i18n/scope.ts';
import { FeedList } from '../../posts/FeedList.tsx';
import { addressOf } from '../../posts/parts.tsx';
import { quotesFeed } from '../../state/feed.ts';
import { me } from '../../state/session.ts';

const { t } = scope('posted', posted);
const HERE = { list: 'quotes' } as const;

/** What quotes one of one's own posts. Nobody else has such a page. */
export default function Quotes() {
  const { params: { at = '', key = '' } } = useRoute();
  const mine = me.value;
  const post = useMemo(() => (mine && (at === `@${mine.handle}` || at === `@${mine.persona}`) ? { persona: mine.persona, key } : null), [mine?.persona, at, key]);
  const feed = post && quotesFeed(post);
  // What quoted it since comes on top.
  useEffect(() => { if (feed && feed.items.peek() !== null) void feed.catchUp().then(() => feed.showPending()); }, [feed]);
  if (!post || !feed) return <Lost />;
  const back = addressOf(post);
  return (
    <Page title={t('quotes')} back={back}>
      {feed.items.value?.length ? <p class="hint pad">{t('quotes.text')}</p> : null}
      <FeedList feed={feed} where={HERE} empty={<Empty title={t('quotes.empty')} action={<Button href={back}>{t('quotes.empty.act')}</Button>}><p>{t('quotes.empty.text')}</p></Empty>} />
    </Page>
  );
}
