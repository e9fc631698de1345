/** A person at home here, by the names that the house gives. */
export interface Housemate { persona: string; handle: string; joinedAt: number }

/** What services ask of the household. */
export interface Housemates {
  handleOf(persona: string): string | null;
  /** By persona id or by handle. */
  find(who: string): Housemate | null;
  all(): Housemate[];
}
