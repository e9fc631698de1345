import { isObject, type JsonObject } from '@commonhold/core';
import type { Item } from '../archive/index.ts';
import type { Why } from './types.ts';

/** An element of a list as an object, or why it is none. */
export function objectOf(item: Item): JsonObject | Why {
  if ('why' in item) return item.why;
  try {
    const value: unknown = JSON.parse(item.text);
    return isObject(value) ? value : 'not_a_post';
  } catch { return 'not_json'; }
}

/** A text of an object; undefined where there is none. */
export function textAt(of: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(of, name) ? of[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The objects of a list in an object; what is no object is left out. */
export function listAt(of: JsonObject, name: string): JsonObject[] {
  const value = Object.hasOwn(of, name) ? of[name] : undefined;
  return Array.isArray(value) ? value.filter((one) => isObject(one)) : [];
}

/** An object in an object. */
export function objectAt(of: JsonObject, name: string): JsonObject | undefined {
  const value = Object.hasOwn(of, name) ? of[name] : undefined;
  return isObject(value) ? value : undefined;
}

// Before that, nobody wrote on any network that is understood.
const FIRST = Date.UTC(2000);

/** A moment in ms, or null where the text is none that can be. */
export function dateOf(text: string | undefined, now: number): number | null {
  const at = Date.parse(text ?? '');
  return Number.isInteger(at) && at >= FIRST && at <= now + 86_400_000 ? Math.min(at, now) : null;
}

/** What is there of an object's values. */
export const given = <T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
