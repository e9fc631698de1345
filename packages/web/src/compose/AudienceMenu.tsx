import type { Audience } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { house } from '../state/session.ts';

const ICON = { house: 'home', everyone: 'globe' } as const;

/** An audience in words: icon, word and colour together. */
export function audienceWords(audience: Audience): string {
  return audience === 'house' ? t('audience.house.people', { n: house.value?.people ?? 1 }) : t('audience.everyone');
}

/** Says who can read what is being written, and lets it be changed. */
export function AudienceMenu({ audience, onChange }: { audience: Audience; onChange: (audience: Audience) => void }) {
  const words = audienceWords(audience);
  return (
    <Menu start label={t('compose.audience.now', { who: words })} class="audience"
      button={<><span class={`trust ${audience}`}><Icon name={ICON[audience]} />{words}</span><Icon name="down" size="s" /></>}>
      {(['house', 'everyone'] as const).map((choice) => (
        <MenuItem icon={ICON[choice]} tone={choice} checked={choice === audience} onPick={() => onChange(choice)}>
          {audienceWords(choice)}<small>{t(choice === 'house' ? 'compose.house.text' : 'compose.everyone.text')}</small>
        </MenuItem>
      ))}
    </Menu>
  );
}
