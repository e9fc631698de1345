import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

/** `fill` once in a view at most; `plain` for what may be left. */
export type ButtonKind = 'fill' | 'soft' | 'plain' | 'danger' | 'edge';

interface ButtonProps {
  kind?: ButtonKind; icon?: IconName; small?: boolean; block?: boolean; busy?: boolean; disabled?: boolean;
  type?: 'button' | 'submit'; href?: string; onClick?: (event: MouseEvent) => void; label?: string; pressed?: boolean; expanded?: boolean; controls?: string; id?: string; children: ComponentChildren;
}

const classOf = ({ kind = 'edge', small, block }: ButtonProps) =>
  `btn${kind === 'edge' ? '' : ` ${kind}`}${small ? ' sm' : ''}${block ? ' block' : ''}`;

/** A button, or with `href` a link that looks like one. A busy or disabled button keeps the focus and does nothing. */
export function Button(props: ButtonProps) {
  const { icon, busy, disabled, type = 'button', href, onClick, label, pressed, expanded, controls, id, children } = props;
  const inside = <>{icon ? <Icon name={icon} /> : null}{children}</>;
  if (href !== undefined) return <a class={classOf(props)} href={href} aria-label={label} id={id} onClick={onClick}>{inside}</a>;
  const idle = busy || disabled;
  return (
    <button class={classOf(props)} type={type} id={id} aria-label={label} aria-pressed={pressed} aria-expanded={expanded === undefined ? undefined : expanded ? 'true' : 'false'} aria-controls={controls} aria-busy={busy ? 'true' : undefined} aria-disabled={idle ? 'true' : undefined}
      onClick={(event) => { if (idle) event.preventDefault(); else onClick?.(event); }}>{inside}</button>
  );
}

/** A round button with an icon alone; `label` is what it does, in words. */
export function IconButton({ icon, label, onClick, expanded, controls, popup, class: extra, id }: { icon: IconName; label: string; onClick?: (event: MouseEvent) => void; expanded?: boolean; controls?: string; popup?: 'menu' | 'dialog'; class?: string; id?: string }) {
  return (
    <button type="button" id={id} class={`icon-btn${extra ? ` ${extra}` : ''}`} aria-label={label} title={label} aria-haspopup={popup} aria-expanded={expanded === undefined ? undefined : expanded ? 'true' : 'false'} aria-controls={controls} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
