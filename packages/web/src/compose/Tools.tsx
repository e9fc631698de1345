import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { Icon, type IconName } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';
import { isEmpty, type Draft } from './draft.ts';
import { drafts } from './drafts.ts';
import { asked, type Edit } from './parts.ts';

/** `few`: an answer that is kept for few has words alone. `reply`: it answers something. */
interface ToolsProps { persona: string; context: string; draft: Draft; edit: Edit; field: RefObject<HTMLTextAreaElement | null>; few: boolean }

interface Tool { name: 'warning' | 'poll' | 'part' | 'due' | 'quotes' | 'language'; icon: IconName; on: boolean; add: () => void }

/** Types into the field as a hand would, so that everything hears of it. */
function type(field: HTMLTextAreaElement | null, sign: string): void {
  if (!field) return;
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(/(?:^|\s)$/u.test(before) ? sign : ` ${sign}`, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Keeps what is written among the drafts; the composer is empty again. */
function putAside(persona: string, context: string): void {
  const draft = drafts.take(persona, context);
  if (!draft) return;
  drafts.putAside(persona, draft);
  toast(t('compose.aside.done'), { label: t('undo'), run: () => { drafts.fetchBack(persona, context, draft); } });
}

const HOUR_MS = 3_600_000;
const STEP_MS = 300_000;
const inAnHour = (): number => Math.ceil((Date.now() + HOUR_MS) / STEP_MS) * STEP_MS;
const ownLanguage = (): string => navigator.language.split('-')[0]!.toLowerCase();

/** What a post can have besides words: who may quote it is asked only where others could read it. */
function toolsFor({ draft, edit, few }: ToolsProps): Tool[] {
  const { parts, audience } = draft;
  const [first, ...others] = parts;
  const far = audience === 'house' || audience === 'everyone';
  return [
    ...(few ? [] : [{ name: 'poll' as const, icon: 'poll' as const, on: draft.poll !== undefined, add: () => edit({ poll: { options: ['', ''], minutes: 1440, multiple: false } }) }]),
    { name: 'warning', icon: 'veil', on: first.warning !== undefined, add: () => edit({ parts: [{ ...first, warning: '' }, ...others] }) },
    { name: 'due', icon: 'clock', on: draft.due !== undefined, add: () => edit({ due: inAnHour() }) },
    ...(few ? [] : [{ name: 'part' as const, icon: 'plus' as const, on: parts.length > 1, add: () => edit({ parts: [...parts, { text: '' }] }) }]),
    ...(far && !few ? [{ name: 'quotes' as const, icon: 'quote' as const, on: draft.quotes !== undefined, add: () => edit({ quotes: 'followers' }) }] : []),
    { name: 'language', icon: 'speech', on: draft.lang !== undefined, add: () => edit({ lang: ownLanguage() }) },
  ];
}

/* Where there is room, what is used most stands beside the menu. */
const QUICK: readonly Tool['name'][] = ['poll', 'warning', 'due'];
const WIDE = '(min-width: 48rem)';

function useRoom(): boolean {
  const [room, set] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const asks = matchMedia(WIDE);
    const hear = () => set(asks.matches);
    asks.addEventListener('change', hear);
    return () => asks.removeEventListener('change', hear);
  }, []);
  return room;
}

/** What else a post can have, and the drafts. */
export function Tools(props: ToolsProps) {
  const { persona, context, draft, field } = props;
  const { route } = useLocation();
  const room = useRoom();
  const offered = toolsFor(props).filter(({ on }) => !on);
  const quick = room ? offered.filter(({ name }) => QUICK.includes(name)) : [];
  const add = (tool: Tool) => { asked.value = tool.name; tool.add(); };
  return (
    <span class="tools">
      {quick.map((tool) => <button key={tool.name} type="button" class="icon-btn" aria-label={t(`compose.add.${tool.name}`)} title={t(`compose.add.${tool.name}`)} onClick={() => add(tool)}><Icon name={tool.icon} /></button>)}
      <Menu label={t('compose.add')} button={<Icon name="plus" />}>
        {offered.filter((tool) => !quick.includes(tool)).map((tool) => <MenuItem key={tool.name} icon={tool.icon} onPick={() => add(tool)}>{t(`compose.add.${tool.name}`)}</MenuItem>)}
        <MenuItem icon="smile" onPick={() => requestAnimationFrame(() => type(field.current, ':'))}>{t('compose.add.emoji')}</MenuItem>
        {isEmpty(draft) ? null : <MenuItem icon="save" onPick={() => putAside(persona, context)}>{t('compose.aside')}</MenuItem>}
        <MenuItem icon="page" onPick={() => route('/drafts')}>{t('compose.drafts')}</MenuItem>
      </Menu>
    </span>
  );
}
