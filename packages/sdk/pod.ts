import type { Client } from './client.ts';
import type { Counted, DataRecord, FoundRecord, NewRecord, Origin, Query, Records, Scalar, Where } from './data.ts';
import type { CallOptions } from './request.ts';

/** A query whose fields are those of the record. */
export type QueryOf<B> = Omit<Query, 'select' | 'order' | 'where'> & { where?: WhereOf<B>; select?: FieldOf<B>[]; order?: OrderOf<B>[] };
/** Conditions on the fields of a record. */
export type WhereOf<B> = { [field in FieldOf<B> | Beside]?: ComparisonOf } | { all?: WhereOf<B>[]; any?: WhereOf<B>[]; not?: WhereOf<B> };
/** A record to be written. */
export type NewOf<B> = Omit<NewRecord, 'body'> & { body: B };

type FieldOf<B> = Extract<keyof B, string>;
type Beside = '$key' | '$author' | '$at' | '$audience';
type OrderOf<B> = FieldOf<B> | Beside | `-${FieldOf<B> | Beside}`;
interface ComparisonOf { eq?: Scalar; ne?: Scalar; lt?: string | number; lte?: string | number; gt?: string | number; gte?: string | number; in?: Scalar[]; nin?: Scalar[]; prefix?: string; contains?: Scalar }

/** One collection of a pod, with the types of its contract. Each answers and refuses as in `client.data`. */
export interface CollectionOf<B> {
  get(key: string, options?: CallOptions): Promise<DataRecord<B>>;
  /** What a rule lets one read may be less than the whole record: fields may be missing. */
  query(query?: QueryOf<B>, options?: CallOptions): Promise<{ items: FoundRecord<Partial<B>>[]; prev: string | null; next: string | null; origins?: Origin[] }>;
  count(query?: { where?: WhereOf<B>; by?: FieldOf<B> | Beside }, options?: CallOptions): Promise<Counted>;
  put(items: NewOf<B>[], idempotencyKey?: string): Promise<{ items: { key: string; version?: string }[] }>;
  patch(which: WhereOf<B>, set: { [field in FieldOf<B>]?: B[field] | null }, idempotencyKey?: string): Promise<{ count: number }>;
  remove(which: WhereOf<B>, idempotencyKey?: string): Promise<{ count: number }>;
}

/** A namespace: the records of one service in the pod of one persona. */
export interface Pod<C> { readonly persona: string; readonly service: string; of<N extends Extract<keyof C, string>>(collection: N): CollectionOf<C[N]> }

/**
 * A client of one namespace, typed by what `commonhold contract types` writes.
 * @example const dishes = podOf<PotluckCollections>(client, { persona, service: SERVICE }).of('dishes');
 */
export function podOf<C>(client: Pick<Client, 'data'>, { persona, service }: { persona: string; service: string }): Pod<C> {
  return {
    persona, service,
    of: <N extends Extract<keyof C, string>>(collection: N): CollectionOf<C[N]> => {
      const at = { persona, service, collection };
      const { data } = client;
      return {
        get: (key, options) => data.get<C[N]>(at, key, options),
        query: (query = {}, options) => data.query(at, query as Query, options) as Promise<Records<Partial<C[N]>>>,
        count: ({ where, by } = {}, options) => data.count(at, { ...(where && { where: where as Where }), ...(by && { by }) }, options),
        put: (items, idempotencyKey) => data.put(at, items as unknown as NewRecord[], idempotencyKey),
        patch: (which, set, idempotencyKey) => data.patch(at, which as Where, set as Record<string, unknown>, idempotencyKey),
        remove: (which, idempotencyKey) => data.remove(at, which as Where, idempotencyKey),
      };
    },
  };
}
