/** Who may read a post, as far as other networks say it. */
export type PastAudience = 'only-me' | 'followers' | 'everyone';

/** A picture of a post that lies in its archive. */
export interface PastPicture { entry: string; alt?: string }

/** A post from another network. */
export interface PastPost {
  /** What it was called there: the same in every archive of the same person. */
  id: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  text: string;
  warning?: string;
  lang?: string;
  /** For whom it was. */
  was: PastAudience;
  /** The post of the same person that it answered. */
  answers?: string;
  pictures: readonly PastPicture[];
}

/** Why something was not brought along; sentences are made of it where it is shown. */
export type Why =
  | 'not_json' | 'not_a_post' | 'bad_encoding' | 'too_big' | 'bad_date' | 'empty' | 'bad_text' | 'audience' | 'limit_reached' | 'refused'
  | 'picture_missing' | 'picture_unreadable' | 'picture_too_big' | 'picture_too_many' | 'not_a_picture'
  | 'unsafe_name' | 'link' | 'encrypted' | 'method' | 'twice' | 'special'
  | 'person_unknown' | 'elsewhere' | 'oneself' | 'post_unknown' | 'bad_line';

/** Something that was not brought along: what it is called where it came from, when it was said if that is known, and why. */
export interface Failed { item: string; at?: number; why: Why }

/** What an archive has, one after the other; `other`: boosts and the like, which are not the person's own words. */
export type Found = { post: PastPost } | { failed: Failed } | { other: true };

/** An archive of a network that is understood. */
export interface Past {
  kind: 'mastodon' | 'x';
  /** How many bytes there are to be read, for the bar. */
  bytes: number;
  /** Every post, in the order of the archive; may be read several times. `onBytes` hears how far it has come. */
  posts(onBytes?: (done: number) => void): AsyncGenerator<Found>;
  /** Who they were there, or null where the archive does not say. */
  profile(): Promise<PastProfile | null>;
}

/** Who somebody was there; pictures by their name in the archive. */
export interface PastProfile { bio?: string; picture?: string; banner?: string }
