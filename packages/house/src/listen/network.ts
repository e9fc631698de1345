import type { RequestListener, Server } from 'node:http';
import { Refusal } from '@commonhold/core';
import { THIS_MACHINE, type Proxy } from '../config/config.ts';
import { isPublic, originOf, systemAddresses, within, type Addresses } from './addresses.ts';
import { openServer, portOf } from './server.ts';
import type { OpenSite } from './site.ts';

const CHECK_EVERY = 3000;
const GRACE = 1000;

/** From where the house can be reached. */
export type Reach = 'this-machine' | 'network' | 'internet';

/** What the network is made of. */
export interface NetworkDeps {
  /** From the configuration. */
  port: number; host: string | null; origin: string | null; proxy?: Proxy;
  /** Where the house is on the internet by itself. */
  site?: { readonly origin: string; open(handler: RequestListener): Promise<OpenSite> } | null;
  /** Whether the network was let in, across restarts. */
  remembered: { read(): boolean; write(lan: boolean): void };
  /** The machine's addresses; replaced by tests that cannot change them. */
  addresses?: Addresses;
}

/** Where the house listens. */
export interface Network {
  readonly lan: boolean; readonly urls: readonly string[]; readonly reach: Reach; readonly secure: boolean;
  readonly origins: ReadonlySet<string>; readonly hosts: ReadonlySet<string>; 
  /** What stands in front of the house, and in which headers it tells of visitors. */
  readonly proxy: { trusts(address: string): boolean; readonly headers: Proxy['headers'] } | null;
  /** The port in use; the chosen one when that was 0. */
  readonly port: number;
  /** Starts listening. Refuses `port_taken` and its like with a sentence. */
  open(handler: RequestListener): Promise<void>;
  /** Lets the local network in or keeps it out, and remembers. Refuses `no_network` when there is none. */
  set(lan: boolean): Promise<void>;
  /** Looks at the machine's addresses again; happens every 3 s by itself. */
  check(): Promise<void>;
  /** Hears of every change of addresses; answers how to stop. */
  listen(listener: () => void): () => void;
  /** Stops listening; requests under way get a second to finish. */
  close(): Promise<void>;
}

/** The listeners of one house: loopback always, others as configured and let in, one server an address. */
export function makeNetwork(deps: NetworkDeps): Network { return new Listeners(deps); }

class Listeners implements Network {
  readonly #deps: NetworkDeps;
  readonly #addresses: Addresses;
  readonly #servers = new Map<string, Server>();
  readonly #listeners = new Set<() => void>();
  readonly proxy: Network['proxy'];
  readonly secure: boolean;
  #handler: RequestListener | null = null;
  #site: OpenSite | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();
  lan: boolean;
  port: number;
  urls: readonly string[] = [];
  reach: Reach = 'this-machine';
  origins: ReadonlySet<string> = new Set();
  hosts: ReadonlySet<string> = new Set();

  constructor(deps: NetworkDeps) {
    this.#deps = deps;
    this.#addresses = deps.addresses ?? systemAddresses;
    this.lan = deps.remembered.read();
    this.port = deps.port;
    const { origin, proxy = THIS_MACHINE, site } = deps;
    this.proxy = origin === null ? null : { trusts: within(proxy.trust), headers: proxy.headers };
    this.secure = (origin ?? site?.origin)?.startsWith('https:') ?? false;
    this.#describe();
  }

  async open(handler: RequestListener): Promise<void> {
    this.#handler = handler;
    const { host } = this.#deps;
    try {
      if (host === '0.0.0.0' || host === '::') await this.#add(host);
      else {
        await this.#add('127.0.0.1');
        if (host !== null && host !== '127.0.0.1' && host !== '::1') await this.#add(host);
      }
      if (host !== '::') await this.#add('::1', ['address_unknown']);
      this.#site = await this.#deps.site?.open(handler) ?? null;
      await this.check();
    } catch (error) {
      await this.close();
      throw error;
    }
    // Without a free descriptor the system does not say its addresses; the next look will tell.
    this.#timer = setInterval(() => { this.check().catch(() => {}); }, CHECK_EVERY);
    this.#timer.unref();
  }

  async set(lan: boolean): Promise<void> {
    if (lan && this.#wanted(true).length === 0) {
      throw new Refusal('unavailable', 'no_network', 'This machine is on no local network right now. Join one (Wi-Fi or cable) and try again.');
    }
    this.lan = lan;
    await this.check();
    this.#deps.remembered.write(lan);
  }

  // One at a time: a check that meets another half-done would open an address twice.
  check(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#adjust(), () => this.#adjust());
    return this.#turn;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#handler = null;
    await this.#turn.catch(() => {});
    await Promise.all([this.#site?.close(), ...[...this.#servers.keys()].map((address) => this.#drop(address))]);
    this.#site = null;
  }

  #wanted(lan: boolean): string[] {
    const { host } = this.#deps;
    if (host === '0.0.0.0' || host === '::') return this.#addresses.all();
    return [...new Set([...(host === null ? [] : [host]), ...(lan ? this.#addresses.lan() : [])])];
  }

  async #adjust(): Promise<void> {
    if (this.#handler === null) return;
    const { host } = this.#deps;
    const own = new Set(['127.0.0.1', '::1', ...(host === null ? [] : [host])]);
    const wanted = host === '0.0.0.0' || host === '::' ? [] : this.#wanted(this.lan);
    for (const address of this.#servers.keys()) if (!own.has(address) && !wanted.includes(address)) void this.#drop(address);
    // An address may go between being seen and being bound; the next look will tell.
    for (const address of wanted) if (!this.#servers.has(address)) await this.#add(address, ['address_unknown', 'port_taken']);
    this.#describe();
  }

  async #add(address: string, forgiven: readonly string[] = []): Promise<void> {
    if (this.#handler === null) return;
    try {
      const server = await openServer(this.#handler, { address, port: this.port, isProxy: this.proxy?.trusts });
      this.port = portOf(server);
      this.#servers.set(address, server);
    } catch (error) {
      if (!(error instanceof Refusal && forgiven.includes(error.code))) throw error;
    }
  }

  async #drop(address: string): Promise<void> {
    const server = this.#servers.get(address);
    if (!server) return;
    this.#servers.delete(address);
    // The very request that asked for this may have come in here: it gets its answer first.
    await new Promise<void>((resolve) => {
      const cut = setTimeout(() => server.closeAllConnections(), GRACE);
      server.close(() => { clearTimeout(cut); resolve(); });
      server.closeIdleConnections();
    });
  }

  #describe(): void {
    const origin = this.#deps.origin ?? this.#deps.site?.origin ?? null;
    const everywhere = this.#servers.has('0.0.0.0') || this.#servers.has('::');
    const outside = this.#wanted(this.lan).filter((address) => everywhere || this.#servers.has(address)).map((address) => originOf(address, this.port));
    const local = ['localhost', '127.0.0.1', '::1'].map((address) => originOf(address, this.port));
    const urls = [...new Set([...(origin === null ? [] : [origin]), ...outside.filter((url) => !local.includes(url)), local[0]!])];
    const changed = urls.join() !== this.urls.join();
    this.urls = urls;
    this.origins = new Set([...urls, ...local]);
    this.hosts = new Set([...this.origins].map((one) => new URL(one).host));
    this.reach = urls.some(isPublic) ? 'internet' : urls.length > 1 ? 'network' : 'this-machine';
    if (changed) for (const listener of this.#listeners) listener();
  }
}
