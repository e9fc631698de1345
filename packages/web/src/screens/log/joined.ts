import type { LogLine } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { client } from '../../state/client.ts';

/** What the log says of a service that its owner joined: its name, where its page is, what it calls its things. */
export interface Known { title: string; href: string; labels: Readonly<Record<string, { one: string; many: string } | null>>; because: Readonly<Record<string, string>> }
/** Services by their id. */
export type Services = ReadonlyMap<string, Known>;

const NONE: Services = new Map();
/** Ids of services that are not built in are hashes, as base64url. */
export const isOther = (service: string): boolean => service.length === 43;

interface Collections { [name: string]: { label?: { one: string; many: string }; allow: readonly { who: unknown; because?: string }[] } }

async function knownOf(persona: string, service: string): Promise<Known> {
  const { title, contract } = await client.services.get(persona, service);
  const collections = Object.entries(contract['collections'] as Collections);
  return {
    title, href: `/services/${persona}/${service}`, labels: Object.fromEntries(collections.map(([name, { label }]) => [name, label ?? null])),
    because: Object.fromEntries(collections.flatMap(([name, { allow }]) => allow.flatMap(({ who, because }) => who === 'service' && because ? [[name, because]] : []))),
  };
}

async function fetchKnown(): Promise<Services> {
  const { services } = await client.services.mine();
  const all = await Promise.all(services.filter(({ state }) => state !== 'leaving').map(({ persona, service }) => knownOf(persona, service).then((known) => [[service, known] as const], () => [])));
  return new Map(all.flat());
}

/** The services that lines speak of, asked for once there is one; without an answer they are called by what the lines say themselves. */
export function useServices(lines: readonly LogLine[]): Services {
  const [known, set] = useState(NONE);
  const missing = lines.some(({ service }) => isOther(service) && !known.has(service));
  useEffect(() => { if (missing) fetchKnown().then(set, () => undefined); }, [missing]);
  return known;
}

/** A line with what its service calls things; built-in ones have words of ours. */
export function inWords(line: LogLine, services: Services): LogLine & { label: { one: string; many: string } | null; title: string | null; because: string | null } {
  const known = services.get(line.service);
  return { ...line, label: known?.labels[line.collection] ?? null, title: known?.title ?? null, because: line.who.kind === 'service' ? known?.because[line.collection] ?? null : null };
}
