import type { Card, Contract } from '@commonhold/core';
import type { Narrowing } from '@commonhold/sdk';
import { Switch } from '../parts/Switch.tsx';
import { language } from '../../i18n/index.ts';
import { narrowable, toggled, withPart, type Narrowable } from './narrow.ts';
import { t, type AudienceName } from './words.ts';

interface Props { contract: Contract; words: Card; value: Narrowing; onChange: (value: Narrowing) => void }

const plain = (name: string): string => name.replace(/_/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

function Names({ of, list, name, value, onChange }: { of: Narrowable; list: 'fields' | 'audiences'; name: (one: string) => string; value: Narrowing; onChange: (value: Narrowing) => void }) {
  const kept = value.rules[of.id]?.[list] ?? of[list];
  if (of[list].length === 0) return null;
  return (
    <div class="row wrap" role="group" aria-label={t(`narrow.${list}`)}>
      <span class="t-13 dim">{t(`narrow.${list}`)}</span>
      {of[list].map((one) => <label class="chip pick small" key={one}><input class="vh" type="checkbox" checked={kept.includes(one)} onChange={() => onChange(toggled(value, of, list, one))} /><span dir={list === 'fields' ? 'auto' : undefined}>{name(one)}</span></label>)}
    </div>
  );
}

/** Every rule for others, to be taken back: whole, or by fields, or by whom records are for. */
export function Narrow({ contract, words, value, onChange }: Props) {
  return (
    <ul class="rules">
      {narrowable(contract).map((one) => {
        const off = value.rules[one.id]?.off === true;
        const sentence = words.rules.get(one.id) ?? one.id;
        return (
          <li key={one.id} class={off ? 'off' : undefined}>
            <div class="row start"><p class="grow"><span lang={language}>{sentence}</span>{off ? <span class="tag">{t('narrow.off')}</span> : null}</p><Switch label={sentence} on={!off} onChange={(on) => onChange(withPart(value, one, on ? {} : { off: true }))} /></div>
            {off || one.fields.length + one.audiences.length === 0 ? null : <details open={value.rules[one.id] !== undefined}><summary class="tap">{t('narrow.some')}</summary><Names of={one} list="fields" name={plain} value={value} onChange={onChange} /><Names of={one} list="audiences" name={(audience) => t(`audience.${audience as AudienceName}`)} value={value} onChange={onChange} /></details>}
          </li>
        );
      })}
    </ul>
  );
}
