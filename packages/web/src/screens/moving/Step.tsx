import type { ComponentChildren } from 'preact';
import { Icon } from '../../components/Icon.tsx';

/** One step of a move: done, or to be done. */
export function Step({ n, id, title, done, children }: { n: number; id: string; title: string; done: boolean; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={id}>
      <div class="head row"><span class={done ? 'svc g' : 'svc'}>{done ? <Icon name="check" /> : <b>{n}</b>}</span><h2 class="t-20 grow" id={id} tabIndex={-1}>{title}</h2></div>
      <div class="body stack">{children}</div>
    </section>
  );
}
