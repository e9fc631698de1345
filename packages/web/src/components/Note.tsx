import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.tsx';

const SIGNS = { good: 'check', warn: 'flag', bad: 'close', plain: 'clock' } as const satisfies Record<string, IconName>;

/** A notice inside a card: green says, amber warns, red failed, grey waits. `alert` reads it out at once. */
export function Note({ kind = 'good', icon, alert, action, children }: { kind?: keyof typeof SIGNS; icon?: IconName; alert?: boolean; action?: { label: string; run: () => void }; children: ComponentChildren }) {
  return (
    <div class={kind === 'good' ? 'note' : `note ${kind}`} role={alert ? 'alert' : undefined}>
      <Icon name={icon ?? SIGNS[kind]} />
      <div class="grow">{children}</div>
      {action ? <button type="button" onClick={action.run}>{action.label}</button> : null}
    </div>
  );
}
