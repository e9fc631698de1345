import { useEffect } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { FeedList } from '../../posts/FeedList.tsx';
import { t } from '../../posts/words.ts';
import { bookmarkFeed } from '../../state/feed.ts';

const HERE = { list: 'bookmarks' } as const;

/** What one keeps to come back to, the newest bookmark first. */
export default function Bookmarks() {
  const feed = bookmarkFeed();
  // Bookmarks made since come on top.
  useEffect(() => { if (feed.items.peek() !== null) void feed.catchUp().then(() => feed.showPending()); }, [feed]);
  return (
    <Page title={t('keep.look')} back="/">
      <FeedList feed={feed} where={HERE} empty={<Empty title={t('bookmarks.empty')} action={<Button href="/">{t('bookmarks.empty.act')}</Button>}><p>{t('bookmarks.empty.text')}</p></Empty>} />
    </Page>
  );
}
