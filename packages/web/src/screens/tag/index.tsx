import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { tidyTag } from '@commonhold/core';
import { Button } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { FeedList } from '../../posts/FeedList.tsx';
import { t } from '../../posts/words.ts';
import { tagFeed } from '../../state/feed.ts';

/** What was written with a tag, as far as one may read it. */
export default function Tag() {
  const { params } = useRoute();
  const tag = tidyTag(decodeURIComponent(params['tag'] ?? '').replace(/^#/, ''));
  const where = useMemo(() => ({ list: 'tag', name: tag }) as const, [tag]);
  return (
    <Page title={`#${tag}`} back="/search">
      <FeedList key={tag} feed={tagFeed(tag)} where={where}
        empty={<Empty title={t('tag.empty', { tag })} action={<Button href={`/search?q=${encodeURIComponent(tag)}`}>{t('tag.empty.act')}</Button>} />} />
    </Page>
  );
}
