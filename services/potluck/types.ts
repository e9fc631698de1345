/* The records of potluck, version 2. Made by "commonhold contract types": change the contract, not this file. */

export interface Person {
  name: string;
  diet?: "anything" | "vegetarian" | "vegan" | "gluten_free";
}

export interface Meal {
  title: string;
  date: string;
  place?: string;
  note?: string;
  createdAt: number;
  allergens?: string;
}

export interface Dish {
  meal: string;
  name: string;
  diet?: "anything" | "vegetarian" | "vegan" | "gluten_free";
  serves?: number;
  createdAt: number;
}

export interface Rsvp {
  meal: string;
  answer: "yes" | "maybe" | "no";
  guests?: number;
  createdAt: number;
}

export interface Link {
  persona: string;
  relation: "friend";
  note?: string;
  createdAt: number;
}

export interface Invitation {
  meal: string;
  title: string;
  date: string;
  createdAt: number;
}

export interface Visit {
  secret: string;
  createdAt: number;
}

export interface Vote {
  meal: string;
  date: string;
  createdAt: number;
}

export interface Settled {
  meal: string;
  date: string;
  createdAt: number;
}

/** What each collection holds. */
export interface PotluckCollections {
  profile: Person;
  meals: Meal;
  dishes: Dish;
  rsvps: Rsvp;
  friends: Link;
  inbox: Invitation;
  seen: Meal;
  visit: Visit;
  dates: Vote;
  settled: Settled;
}
