import { canonical, toBase64Url } from '@commonhold/core';
import type { Access } from '../access.ts';
import { checkForm, type Transactor } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { asAnswered } from './offering.ts';
import { checkVersion, placed } from './placing.ts';
import { sighted, type Sighted } from './see.ts';
import { mayTouch, meaningOf, openForService, rowAt, serviceItems, type ServiceCaller, type ServiceItem } from './service-items.ts';
import type { Target } from './target.ts';

/**
 * Changes records that are there, its own and the owner's, by offers that the key of the service signed; all or none. It signs whole records,
 * and so changes only those that it may read whole: any other is as if it were not there. Answers how many were changed. Refuses what
 * `serviceItems` refuses, `version_conflict`, the body's form, and `not_found`.
 */
export async function patchService(deps: DataDeps, caller: ServiceCaller, target: Target, input: unknown, once: string | undefined): Promise<{ count: number }> {
  const { collection } = target;
  const items = serviceItems(deps, caller, target, input, 'put');
  const access = openForService(deps, caller, target, 'change');
  sighted(access, collection, 'read');
  items.forEach(({ body }, i) => placed(() => checkForm(access.contract, collection, body), `/items/${i}`));
  return deps.write(caller, target, (owner, tx) => {
    const eyes = sighted(owner, collection, 'read');
    const patch = (): { count: number } => ({ count: items.filter((item, i) => placed(() => changeOne(owner, tx, eyes, item), `/items/${i}`)).length });
    return once === undefined ? patch() : tx.once(once, deps.digest(canonical(meaningOf(target, 'patch', items))), patch);
  }).catch(asAnswered);
}

function changeOne(access: Access, tx: Transactor, { see, alternatives, collection }: Sighted, { key, body, ifVersion, proved }: ServiceItem): boolean {
  const row = rowAt(access, collection, key);
  const seen = row && see(row) && access.readable(alternatives, row) === 'all' ? row : null;
  if (ifVersion !== undefined) checkVersion(ifVersion, seen && toBase64Url(seen.id), '');
  if (!seen || seen.body === canonical(body) || !mayTouch(access, 'change', seen)) return false;
  tx.accept(proved);
  return true;
}
