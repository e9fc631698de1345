/** A person on the way out of a service. */
export interface Departure { owner: string; persona: string; service: string }

/** Departures, noted on disk, so that whoever kills the house in between cannot keep anything. */
export interface Departures {
  begin(of: Departure): void;
  /** Keeps that a pseudonym has ended, by its own word: its key log. */
  ended(persona: string, statements: readonly unknown[]): void;
  /** What an ended pseudonym said last, or null. */
  lastWords(persona: string): unknown[] | null;
  /** Nothing in the house's own file tells of it any more; resolves when that is on disk. */
  end(of: Departure): Promise<void>;
  has(owner: string, service: string): boolean;
  /** The same by whom they are there. */
  isLeaving(persona: string, service: string): boolean;
  all(): Departure[];
}

/** A service that the stewards recommend: its contract as they looked at it. `at` in ms. */
export interface Shelved { service: string; hash: string; contract: string; rotations: string; address: string | null; note: string | null; at: number }

/** The shelf of a house. */
export interface Shelf { all(): Shelved[]; put(one: Omit<Shelved, 'at'>): void; drop(service: string): void; /** What is not named comes after. */ order(services: readonly string[]): void }

/** Where a pseudonym of somebody's may come to from another house: the device that will sign for it here, and the salt of its key. */
export interface Place { device: string; salt: Uint8Array }

/** Places that were prepared, until somebody comes in. */
export interface Places {
  make(owner: string): Place;
  /** Null for a place of anybody else's. */
  find(owner: string, device: string): Place | null;
  drop(device: string): void;
}
