import type { Audience } from '@commonhold/sdk';
import type { IconName } from '../components/Icon.tsx';

/** Every audience, from the narrowest. */
export const AUDIENCES = ['only-me', 'close', 'followers', 'house', 'everyone'] as const satisfies readonly Audience[];

/** Icon and colour of an audience: lock and grey, heads and blue, roof and green, globe and amber. The word always stands beside them. */
export const SIGN: { readonly [audience in Audience]: { icon: IconName; tone: 'only-me' | 'people' | 'house' | 'everyone' } } = {
  'only-me': { icon: 'lock', tone: 'only-me' },
  close: { icon: 'close-ring', tone: 'people' },
  followers: { icon: 'people', tone: 'people' },
  house: { icon: 'home', tone: 'house' },
  everyone: { icon: 'globe', tone: 'everyone' },
};

/** Whether a value from outside is an audience. */
export const isAudience = (value: unknown): value is Audience => (AUDIENCES as readonly unknown[]).includes(value);
