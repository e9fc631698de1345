import type { ProfileField, WholeProfile } from '@commonhold/sdk';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { Linked } from '../../posts/parts.tsx';
import { whenText } from '../parts/when.ts';
import { t } from './words.ts';

/* An address is shown as people say it. */
const shown = (value: string): string => value.replace(/^https:\/\/(?:www\.)?/, '').replace(/\/$/, '');

function Value({ field: { value, verifiedAt } }: { field: ProfileField }) {
  const link = /^https:\/\/\S+$/.test(value) ? URL.parse(value) : null;
  if (!link) return <Linked text={value} />;
  return (
    <>
      <a href={link.href} target="_blank" rel="noopener noreferrer nofollow ugc me">{shown(value)}</a>
      {verifiedAt === undefined ? null : <span class="tag house proved" title={t('line.proved', { when: whenText(verifiedAt, Date.now(), locale) })}><Icon name="check" />{t('line.proved.short')}</span>}
    </>
  );
}

/** What somebody says of themselves, line by line. */
export function Lines({ person }: { person: WholeProfile }) {
  if (!person.fields?.length) return null;
  return (
    <dl class="lines" aria-label={t('lines', { name: person.name })}>
      {person.fields.map((field) => <div key={field.name + field.value}><dt dir="auto">{field.name}</dt><dd dir="auto"><Value field={field} /></dd></div>)}
    </dl>
  );
}
