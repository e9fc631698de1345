import type { Audience } from '@commonhold/sdk';
import { useEffect } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { needSizes, sizeOf } from '../state/rings.ts';
import { SIGN } from '../words/audience.ts';

/** An audience in words, with how many people it is where that is a number. */
export function audienceWords(audience: Audience): string {
  const n = sizeOf(audience);
  return n === null || audience === 'only-me' || audience === 'everyone' ? t(`audience.${audience}`) : t(`audience.${audience}.people`, { n });
}

/** What an audience means, in a sentence. */
export const audienceMeans = (audience: Audience): string => t(`compose.${audience}.text`);

function Choices({ audience, choices, onChange }: { audience: Audience; choices: readonly Audience[]; onChange: (audience: Audience) => void }) {
  useEffect(needSizes, []);
  return (
    <>
      {choices.map((choice) => (
        <MenuItem icon={SIGN[choice].icon} tone={SIGN[choice].tone} checked={choice === audience} onPick={() => onChange(choice)}>
          {audienceWords(choice)}<small>{audienceMeans(choice)}</small>
        </MenuItem>
      ))}
      <p class="foot" role="none">{t('compose.honest')}</p>
    </>
  );
}

/** Says who can read what is being written, and lets it be changed. `words`: said instead of the audience's own, as for a reply. */
export function AudienceMenu({ audience, choices, words, onChange }: { audience: Audience; choices: readonly Audience[]; words?: string; onChange: (audience: Audience) => void }) {
  const counted = audience === 'close' || audience === 'followers';
  useEffect(() => { if (counted) needSizes(); }, [counted]);
  const said = words ?? audienceWords(audience);
  return (
    <Menu start label={t('compose.audience.now', { who: said })} class="audience"
      button={<><span class={`trust ${SIGN[audience].tone}`}><Icon name={SIGN[audience].icon} />{said}</span><Icon name="down" size="s" /></>}>
      <Choices audience={audience} choices={choices} onChange={onChange} />
    </Menu>
  );
}
