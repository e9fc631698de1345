import type { ApiError, Joined, JoinedWhole, Narrowing } from '@commonhold/sdk';
import { useRef, useState } from 'preact/hooks';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { t } from './words.ts';

/** What one takes back of a service: shown as one wants it, sent one after the other, and as it was where the house says no. */
export function useNarrowing({ persona, service, narrowing }: JoinedWhole, onChange: (now: Joined) => void): { value: Narrowing; error: unknown; narrow: (value: Narrowing) => void } {
  const [wish, setWish] = useState<Narrowing | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const wanted = useRef<Narrowing | null>(null);
  const send = async (): Promise<void> => {
    for (let sent: Narrowing | null = null; wanted.current !== sent;) {
      sent = wanted.current;
      onChange(await client.services.narrow(persona, service, sent!));
    }
    toast(t('narrow.saved'));
  };
  const narrow = (value: Narrowing): void => {
    const under = wanted.current !== null;
    wanted.current = value;
    setWish(value);
    setError(null);
    if (!under) send().catch(setError).finally(() => { wanted.current = null; setWish(null); });
  };
  return { value: wish ?? narrowing, error, narrow };
}
