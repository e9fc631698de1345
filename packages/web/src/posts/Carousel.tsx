import { useRef } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { IconButton } from '../components/Button.tsx';
import { idOf } from '../state/merge.ts';
import { Names } from './LikeButton.tsx';
import { PostCard } from './PostCard.tsx';
import { t, tx } from './words.ts';

/** Boosts side by side: a row that scrolls by itself, by finger, by keys and by its two buttons. */
export function Carousel({ items }: { items: readonly PostItem[] }) {
  const row = useRef<HTMLOListElement>(null);
  const by = [...new Set(items.map((item) => item.boost!.by))];
  const move = (to: 1 | -1) => {
    const list = row.current!;
    const forward = getComputedStyle(list).direction === 'rtl' ? -to : to;
    list.scrollBy({ left: forward * list.clientWidth * 0.85, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  };
  return (
    <section class="carousel" aria-label={t('carousel.n', { n: items.length })}>
      <div class="carousel-head">
        <Icon name="boost" size="s" />
        <p class="grow">{tx('carousel', { names: <Names who={by.slice(0, 2)} more={Math.max(0, by.length - 2)} /> })}</p>
        <IconButton icon="back" label={t('carousel.back')} onClick={() => move(-1)} /><IconButton icon="next" label={t('carousel.next')} onClick={() => move(1)} />
      </div>
      <ol class="carousel-row" ref={row}>{items.map((item) => <li key={idOf(item)}><PostCard item={item} cutAt={240} /></li>)}</ol>
    </section>
  );
}
