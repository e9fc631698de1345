import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './Icon.tsx';

interface MenuProps { label: string; button: ComponentChildren; class?: string; start?: boolean; id?: string; children: ComponentChildren }

const items = (menu: HTMLElement | null): HTMLElement[] => [...menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []];

/** Moves the focus inside a menu: arrows, Home, End. Answers whether the key was one of them. */
function move(menu: HTMLElement | null, key: string): boolean {
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
  if (to === undefined || all.length === 0) return false;
  all.at(to % all.length)?.focus();
  return true;
}

/* Room that the phone's bar takes at the foot of the window. */
const FOOT = 64;

/* What stays free between a menu and the sides of the window. */
const SIDE = 8;

/* Room for three choices: what is less is no menu. */
const LEAST = 150;

/** Opens to where there is more room, and is no larger than that: the rest of it scrolls. */
function fit(menu: HTMLElement | null, opener: HTMLElement | null): void {
  if (!menu || !opener) return;
  const { height, left, right } = menu.getBoundingClientRect();
  const { top, bottom } = opener.getBoundingClientRect();
  const [above, below] = [top - FOOT, innerHeight - FOOT - bottom];
  const up = height > below && above > below;
  if (up) menu.classList.add('up');
  if (height > Math.max(above, below)) menu.style.maxBlockSize = `${Math.max(LEAST, up ? above : below)}px`;
  const aside = Math.max(SIDE - left, Math.min(0, document.documentElement.clientWidth - SIDE - right));
  // Not `translate`, along which it arrives: it would come in from outside the window.
  if (aside !== 0) menu.style.transform = `translateX(${aside}px)`;
}

/** A button that opens a menu. Arrows move, Esc and a click elsewhere close it, the focus comes back to the button. */
export function Menu({ label, button, class: look = 'icon-btn', start, id, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  const close = () => { setOpen(false); opener.current?.focus({ preventScroll: true }); };
  // Before a choice is carried out: a dialog that it opens gives the focus back to where it found it.
  const toOpener = () => opener.current?.focus({ preventScroll: true });
  // With the menu, not after it: the next key is meant for its items already.
  useLayoutEffect(() => {
    if (!open) return;
    fit(menu.current, opener.current);
    (items(menu.current).find((item) => item.getAttribute('aria-checked') === 'true') ?? items(menu.current)[0])?.focus({ preventScroll: true });
    const elsewhere = (event: Event) => { if (!root.current?.contains(event.target as Node)) setOpen(false); };
    addEventListener('pointerdown', elsewhere);
    return () => removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') { event.stopPropagation(); event.preventDefault(); close(); }
    else if (event.key === 'Tab') setOpen(false);
    else if (move(menu.current, event.key)) event.preventDefault();
  };
  return (
    <span class="menu-at" ref={root} onKeyDown={onKeyDown}>
      <button ref={opener} type="button" class={look} id={id} aria-label={label} aria-haspopup="menu" aria-expanded={open ? 'true' : 'false'} aria-controls={open ? menuId : undefined} onClick={() => setOpen(!open)}>{button}</button>
      {open ? <div class={start ? 'menu start' : 'menu'} role="menu" id={menuId} ref={menu} aria-label={label} onClickCapture={toOpener} onClick={close}>{children}</div> : null}
    </span>
  );
}

/** One choice of a menu; with `checked` one of several. */
export function MenuItem({ icon, tone, checked, onPick, children }: { icon?: IconName; tone?: string; checked?: boolean; onPick: () => void; children: ComponentChildren }) {
  return (
    <button type="button" tabIndex={-1} role={checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={checked === undefined ? undefined : checked ? 'true' : 'false'}
      class={tone === 'danger' ? 'danger' : undefined} onClick={onPick}>
      {icon ? <span class={tone}><Icon name={icon} /></span> : null}
      <span class="grow">{children}</span>
      {checked ? <Icon name="check" /> : null}
    </button>
  );
}
