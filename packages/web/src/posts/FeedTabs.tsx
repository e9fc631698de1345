import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { lists, listTabs } from '../state/lists.ts';
import { t as words } from './words.ts';

/** The lists one reads, each newest first: the house, whom one follows, lists of one's own that were put here; and catching up. */
export function FeedTabs({ here }: { here: string }) {
  const nav = useRef<HTMLElement>(null);
  const was = useRef('house');
  const open = lists.value?.find(({ key }) => here === `list:${key}`);
  const own = [...listTabs.value, ...(open && !listTabs.value.has(open.key) ? [[open.key, open.name] as const] : [])];
  useLayoutEffect(() => {
    const at = nav.current;
    // To ask where things stand is dear before they are drawn: a bar that begins with the first tab has that in sight.
    if (at && !(here === 'house' && was.current === 'house')) at.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
    was.current = here;
  }, [here, own.length]);
  const tab = (name: string, href: string, label: string) => <a class="tab" key={name} href={href} aria-current={name === here ? 'page' : undefined} dir="auto">{label}</a>;
  return (
    <nav class="tabs" ref={nav} aria-label={t('home.feeds')}>
      {tab('house', '/', t('home.house'))}{tab('home', '/feed/following', t('home.following'))}
      {own.map(([key, name]) => tab(`list:${key}`, `/feed/list/${key}`, name))}
      {tab('catch-up', '/catch-up', words('tab.catch-up'))}
    </nav>
  );
}
