import { t } from '../i18n/index.ts';

/** Three posts that are still on their way. */
export function Skeleton({ posts = 3 }: { posts?: number }) {
  return (
    <div aria-busy="true">
      <span class="vh" role="status">{t('posts.loading')}</span>
      <ol class="feed" aria-hidden="true">
        {Array.from({ length: posts }, () => (
          <li><div class="post waiting">
            <div class="by"><span class="av" /><div class="stack tight"><span class="skel w-40" /><span class="skel thin w-60" /></div></div>
            <span class="skel" /><span class="skel w-80" />
          </div></li>
        ))}
      </ol>
    </div>
  );
}
