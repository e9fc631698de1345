/** Every code of what a file of BYODA declares and is not honoured here. */
export type UnhonouredCode =
  | 'distance' | 'anonymous_answers' | 'declared_only' | 'anonymous_write' | 'field_write' | 'nobody_linked' | 'owner_may_always'
  | 'relation_names' | 'member_is_persona' | 'listening' | 'format_unchecked' | 'address_form' | 'key_not_unique' | 'whole_days'
  | 'unused_definition' | 'wrapped_value' | 'left_out';

/** One declaration that is not honoured: where (a JSON pointer into the document), why, and whether one cannot join for it. */
export interface Unhonoured {
  readonly code: UnhonouredCode;
  readonly at: string;
  readonly message: string;
  /** True when the file promises the person something that is not kept; false when others may less, or only a form differs. */
  readonly blocks: boolean;
}

const SAID: { readonly [code in UnhonouredCode]: string } = {
  distance: 'Only people whom you linked yourself are reached, not those whom they linked.',
  anonymous_answers: 'The file says that answers hide whose they are. Here whoever asks knows whom they asked.',
  declared_only: 'Nothing is granted by this word: what a service keeps or finds, it may only read by the other words.',
  anonymous_write: 'Nobody writes without proof of who they are.',
  field_write: 'Writing is granted for whole records, never for single fields.',
  nobody_linked: 'The file has no network_links, so that nobody can be in this network.',
  owner_may_always: 'You may always read, export and remove what is yours, though the file does not say so.',
  relation_names: 'A link has one of the relations that the file names, or friend, family, colleague or follow; not any text.',
  member_is_persona: 'The member of a link is a persona, and the field is called persona.',
  listening: 'Nothing is fetched by itself from the pods of others.',
  format_unchecked: 'The form of this text is not checked.',
  address_form: 'Only addresses that begin with http:// or https:// are accepted.',
  key_not_unique: 'Two records may have the same value here; a record has a key of its own.',
  whole_days: 'Records are kept for whole days, so these stay until the day is full.',
  unused_definition: 'No class uses this definition.',
  wrapped_value: 'Each value is kept as a record with one field, value.',
  left_out: 'This is not an address that a contract can name, so that it is left out.',
};

/** Gathers what is not honoured. */
export class Notes {
  readonly list: Unhonoured[] = [];

  add(code: UnhonouredCode, at: string): void { this.list.push({ code, at, message: SAID[code], blocks: code === 'anonymous_answers' }); }
}
