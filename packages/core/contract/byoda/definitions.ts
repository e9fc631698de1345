import type { JsonObject } from '../../bytes/json.ts';
import { CONTRACT_LIMITS as MAX } from '../names.ts';
import { closed, oneOf, step, stop } from '../place.ts';
import type { Places } from './places.ts';
import { readShape, type FieldsAround, type Shape } from './fields.ts';

const OPTIONAL = ['$id', '$schema', 'title', 'description', 'required'];

/** The definitions of a file that its classes use, in our keywords. */
export class Definitions {
  /** Our `$defs`. */
  readonly made: { [name: string]: JsonObject } = {};
  readonly #around: FieldsAround;
  readonly #places: Places;
  readonly #shapes = new Map<string, Shape>();

  constructor(around: FieldsAround, places: Places) { this.#around = around; this.#places = places; }

  /** A definition by its name, and whatever it refers to. */
  named(name: string): Shape {
    const waiting = [name];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.#shapes.has(next)) continue;
      if (this.#shapes.size >= MAX.definitions) stop('too_many', '/jsonschema/$defs', `At most ${MAX.definitions}.`);
      const at = step('/jsonschema/$defs', next);
      const def = closed(this.#around.defs[next], at, ['type', 'properties'], OPTIONAL);
      oneOf(def['type'], `${at}/type`, ['object'], 'unknown_type');
      const shape = readShape(def, at, this.#around);
      this.#shapes.set(next, shape);
      this.#keep(next, shape, at);
      waiting.push(...shape.refs);
    }
    return this.#shapes.get(name)!;
  }

  /** The shape of an object that stands in a class itself; what it refers to is kept, too. */
  inline(object: JsonObject, at: string): Shape {
    const shape = readShape(object, at, this.#around);
    for (const ref of shape.refs) this.named(ref);
    return shape;
  }

  /** Keeps a shape under a name of its own that begins like this; answers the name. */
  own(name: string, shape: Shape, at: string): string {
    let free = name;
    for (let n = 2; Object.hasOwn(this.#around.defs, free) || Object.hasOwn(this.made, free); n++) free = `${name.slice(0, 56)}_${n}`;
    this.#keep(free, shape, at);
    return free;
  }

  /** Notes the definitions that nothing uses. */
  noteUnused(): void {
    for (const name of Object.keys(this.#around.defs)) {
      if (!this.#shapes.has(name)) this.#around.notes.add('unused_definition', step('/jsonschema/$defs', name));
    }
  }

  #keep(name: string, { properties, required }: Shape, at: string): void {
    this.made[name] = { type: 'object', properties, ...(required.length === 0 ? {} : { required: [...required] }), additionalProperties: false };
    this.#places.whole(`/data/$defs/${name}`, at);
  }
}

const PERSONA = { type: 'string', minLength: 53, maxLength: 53 };

/** The shape of network_links as links of ours: member_id is the persona, and a relation is one of these. */
export function linkShape(shape: Shape, at: string, relations: readonly string[]): Shape {
  const { member_id: member, relation, persona, ...rest } = shape.properties;
  const isText = (field: JsonObject | undefined): boolean => field?.['type'] === 'string';
  if (persona !== undefined || !isText(member) || !isText(relation)) stop('bad_link', at, 'A link has the texts member_id and relation, and no persona.');
  const renamed = (name: string): string => (name === 'member_id' ? 'persona' : name);
  return {
    ...shape, properties: { persona: PERSONA, relation: { type: 'string', enum: [...relations] }, ...rest },
    required: [...new Set(['persona', 'relation', ...shape.required.map(renamed)])],
    index: shape.index.map(renamed), counts: shape.counts.map(renamed),
    grants: new Map([...shape.grants].map(([name, grants]) => [renamed(name), grants])),
  };
}
