import type { JsonObject } from '@commonhold/core';
import { imageShape, list, oneOf, postAudience, refShape, shape, text, whole } from './shapes.ts';

const moment = whole(0, 281474976710655);
const part = shape({ text: text(20_000), 'warning?': text(200), 'images?': list(imageShape, 4) });
/** What somebody is writing. */
export const draftFields = {
  parts: { ...list(part, 25), minItems: 1 }, audience: postAudience, 'replyTo?': refShape, 'quote?': refShape, 'quotes?': oneOf('anyone', 'followers', 'nobody'), 'lang?': text(35, 2),
  'poll?': shape({ options: list(text(80), 8), minutes: whole(5, 43_200), multiple: { type: 'boolean' } }),
};
/** When it is to be posted. */
export const dueField = { due: moment };

/** Shapes of what is not posted yet, by name. */
export const LATER_SHAPES: Readonly<Record<string, JsonObject>> = {
  Draft: shape({ key: text(22), ...draftFields, updatedAt: moment }),
  Scheduled: shape({ key: text(22), ...draftFields, ...dueField, createdAt: moment, 'failed?': text(64) }),
};
