import { canonical } from '@commonhold/core';
import type { Access } from '../access.ts';
import { checkForm } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { asAnswered, mayOffer, notForStrangers, versionFor } from './offering.ts';
import { checkVersion, placed, type Put } from './placing.ts';
import { mayBeWhole, nothingHere } from './see.ts';
import { badServiceKey, isOwnKey, meaningOf, openForService, rowAt, serviceItems, type ServiceCaller, type ServiceItem } from './service-items.ts';
import type { Target } from './target.ts';

/**
 * Puts what a service itself says into a pod, by offers that its key signed: under keys of its own, or the one record of a `single`
 * collection; all or none. What it learns is what a person learns who offers (`putOffer`): a key that is known is changed where the contract
 * lets the service change it, and else left as it is. Refuses what `serviceItems` refuses, the body's form, and `not_found`.
 */
export async function putService(deps: DataDeps, caller: ServiceCaller, target: Target, input: unknown, once: string | undefined): Promise<Put> {
  const { collection, service } = target;
  const items = serviceItems(deps, caller, target, input, 'put');
  const access = openForService(deps, caller, target, 'add', 'change');
  const single = access.contract.compiled.collections.get(collection)?.kind === 'single';
  if (!single && !mayOffer(access, collection, 'add') && !mayOffer(access, collection, 'change')) { access.refused(collection, 'add', 'no_audience'); throw nothingHere(); }
  items.forEach(({ key, body, ifVersion }, i) => {
    if (single ? key !== 'self' : !isOwnKey(key, service)) throw badServiceKey(i);
    if (ifVersion !== undefined && !mayBeWhole(access, collection)) throw notForStrangers(`/items/${i}/ifVersion`);
    placed(() => checkForm(access.contract, collection, body), `/items/${i}`);
  });
  await deps.write(caller, target, (owner, tx) => {
    const put = (): null => {
      items.forEach((item, i) => placed(() => {
        if (item.ifVersion !== undefined) checkVersion(item.ifVersion, versionFor(owner, collection, item.key), '');
        if (!isSettled(owner, collection, item, single)) tx.accept(item.proved);
      }, `/items/${i}`));
      return null;
    };
    return once === undefined ? put() : tx.once(once, deps.digest(canonical(meaningOf(target, 'put', items))), put);
  }).catch(asAnswered);
  const after = deps.open(caller, target);
  return { items: items.map(({ key }) => { const version = versionFor(after, collection, key); return version === null ? { key } : { key, version }; }) };
}

// Where the service may not change what is there, a key that is known says nothing; it must not say whether its record is still there.
function isSettled(access: Access, collection: string, { key }: ServiceItem, single: boolean): boolean {
  if (rowAt(access, collection, key) === undefined) return false;
  return single ? !('allow' in access.decide(collection, 'change')) : !mayOffer(access, collection, 'change');
}
