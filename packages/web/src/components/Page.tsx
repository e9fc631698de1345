import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { pageIsHere } from '../app/history.ts';
import { Unsent } from '../app/Unsent.tsx';
import { t } from '../i18n/index.ts';
import { houseTitle } from '../state/session.ts';
import { TopBar } from './TopBar.tsx';

interface PageProps {
  /** Name of the page, for its head and the window. */
  title: string;
  /** What the head shows on phones instead of the title. */
  phoneTitle?: ComponentChildren;
  /** Shows a way back; the address is where to when there is no history. */
  back?: string;
  actions?: ComponentChildren; tabs?: ComponentChildren; aside?: ComponentChildren;
  /** Column and aside become one: working screens. */
  wide?: boolean;
  /** Cards reach the window's edges on phones. */
  flush?: boolean;
  /** No head at all: founding, joining, signing in. The page brings its own h1. */
  headless?: boolean;
  children: ComponentChildren;
}

/** A page: head, column, aside. Sets the window's title; the router moves the focus to the h1. */
export function Page({ title, phoneTitle, back, actions, tabs, aside, wide, flush = true, headless, children }: PageProps) {
  const house = houseTitle.value;
  useLayoutEffect(() => { document.title = title === house ? house : t('app.title', { page: title, house }); }, [title, house]);
  useLayoutEffect(pageIsHere, []);
  return (
    <>
      <main class={wide ? 'main wide' : 'main'} id="main" tabIndex={-1}>
        {headless ? null : <TopBar title={title} phoneTitle={phoneTitle} back={back} actions={actions} />}
        {tabs}
        {headless ? children : <div class={flush ? 'page flush stack' : 'page stack'}><Unsent />{children}</div>}
      </main>
      {aside && !wide ? <aside class="aside" aria-label={t('app.beside')}>{aside}</aside> : null}
    </>
  );
}
