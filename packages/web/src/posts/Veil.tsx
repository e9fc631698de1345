import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { isOpen, setOpen } from '../state/opened.ts';
import { t } from './words.ts';

/** Something that is shown when it is asked for: what it is, why it is folded, and Show. `name` is under what it is remembered. */
export function Veil({ name, title, why, children }: { name: string; title: string; why: string; children: ComponentChildren }) {
  const body = useId();
  const open = isOpen(name);
  return (
    <div class="veiled">
      <div class="veil">
        <p class="grow"><b dir="auto">{title}</b><small>{why}</small></p>
        <Button small expanded={open} controls={body} label={`${t(open ? 'veil.hide' : 'veil.show')}: ${title}`} onClick={() => setOpen(name, !open)}>{t(open ? 'veil.hide' : 'veil.show')}</Button>
      </div>
      <div id={body} class="under" hidden={!open}>{open ? children : null}</div>
    </div>
  );
}
