import { useEffect, useState } from 'preact/hooks';
import { Face } from '../../components/face/Face.tsx';
import { client } from '../../state/client.ts';
import { directory, known, loadDirectory, meet } from '../../state/people.ts';
import { myPersona } from '../../state/session.ts';
import { t, tx } from './words.ts';

const LATELY = 50;
const SHOWN = 3;

/* Whom somebody answered lately, the newest first: of what the reader may read, nothing else is asked for. */
async function answeredBy(persona: string): Promise<string[]> {
  const { items, people } = await client.microblog.by(persona, { replies: true, first: LATELY });
  meet(people);
  return [...new Set(items.flatMap(({ body: { replyTo } }) => replyTo && replyTo.persona !== persona ? [replyTo.persona] : []))];
}

/**
 * Whom of those that the reader follows somebody talks with. Whom anybody follows is theirs alone to know, so this is taken from what stands
 * there to be read.
 */
export function Common({ persona }: { persona: string }) {
  const [talks, setTalks] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    void Promise.all([answeredBy(persona), directory.peek() ? null : loadDirectory()]).then(([found]) => { if (!gone) setTalks(found); }, () => undefined);
    return () => { gone = true; };
  }, [persona]);
  const followed = new Set(directory.value?.filter(({ follows }) => follows).map((one) => one.persona));
  const people = talks.filter((one) => followed.has(one) && one !== myPersona.value).map((one) => known.value[one]).filter((one) => one !== undefined);
  if (people.length === 0) return null;
  const shown = people.slice(0, SHOWN);
  const names = shown.map((one, n) => <>{n > 0 ? ', ' : ''}<a class="quiet-link b" href={`/@${one.handle}`} dir="auto">{one.name}</a></>);
  return (
    <p class="row t-14 dim common">
      <span class="faces">{shown.map((one) => <Face persona={one.persona} size={24} />)}</span>
      <span>{t('common.text')} {tx('common', { names: <>{names}</>, n: people.length - shown.length })}</span>
    </p>
  );
}
