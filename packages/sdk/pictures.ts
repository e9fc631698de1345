import type { CallOptions, Send } from './request.ts';

/**
 * A picture as records name it: blobs, sizes of the full one in pixels, a thumbhash (base64url), and what its maker says is in it.
 * A small one beside a full one of at most 640 pixels a side: the full one moves, and the small one is its first moment.
 */
export interface Image { full: string; small?: string; width: number; height: number; thumb?: string; alt?: string }

type Bytes = Blob | Uint8Array<ArrayBuffer>;

/** Sends pictures for one's posts (or profile), at most 20 MB; to be named within a day. 400 `image_kind`, `image_unreadable`, 413 `image_too_big`, 503 `images_not_here`. */
export const images = (send: Send, service: 'microblog' | 'people') => (picture: Bytes, options?: CallOptions) =>
  send<{ image: Image }>(`/${service}/images`, { ...options, method: 'POST', bytes: picture });
