import { locale } from '../../i18n/index.ts';
import { myPersona } from '../../state/session.ts';
import { shelf } from '../drafts.ts';
import { keepLanguage } from '../last.ts';
import { focusAsked, type Edit } from '../parts.ts';
import { languages, type Language } from './languages.ts';
import { t } from './words.ts';

const Option = ({ code, own, name }: Language) => <option value={code}>{own === name ? name : `${name} · ${own}`}</option>;

/** The language of a post: how it is read aloud, and where its lines break. The next post starts with it. */
export function LanguageRow({ lang, edit }: { lang: string; edit: Edit }) {
  const { yours, all } = languages(navigator.languages, locale);
  const known = [...yours, ...all].some(({ code }) => code === lang);
  const choose = (code: string) => {
    keepLanguage(shelf, myPersona.peek() ?? '', code || undefined);
    edit({ lang: code || undefined });
  };
  return (
    <label class="line">
      <span>{t('language')}</span>
      <select class="input" ref={focusAsked('language')} value={lang} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{t('language.none')}</option>
        {known ? null : <option value={lang}>{lang}</option>}
        <optgroup label={t('language.yours')}>{yours.map((one) => <Option key={one.code} {...one} />)}</optgroup>
        <optgroup label={t('language.all')}>{all.filter(({ code }) => !yours.some((one) => one.code === code)).map((one) => <Option key={one.code} {...one} />)}</optgroup>
      </select>
    </label>
  );
}
