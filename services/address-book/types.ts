/* The records of address_book, version 1. Made by "commonhold contract types": change the contract, not this file. */

export interface Fact {
  kind: "name" | "handle" | "interest" | "email_hash";
  value: string;
  createdAt: number;
}

export interface Link {
  persona: string;
  relation: "friend";
  note?: string;
  createdAt: number;
}

export interface Visit {
  secret: string;
  createdAt: number;
}

/** What each collection holds. */
export interface AddressBookCollections {
  facts: Fact;
  friends: Link;
  visit: Visit;
}
