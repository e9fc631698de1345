import type { CallOptions, Send } from './request.ts';
import type { Image } from './types.ts';

type Bytes = Blob | Uint8Array<ArrayBuffer>;

/** Sends pictures for one's posts (or profile), at most 20 MB; to be named within a day. 400 `image_kind`, `image_unreadable`, 413 `image_too_big`, 503 `images_not_here`. */
export const images = (send: Send, service: 'microblog' | 'people') => (picture: Bytes, options?: CallOptions) =>
  send<{ image: Image }>(`/${service}/images`, { ...options, method: 'POST', bytes: picture });
