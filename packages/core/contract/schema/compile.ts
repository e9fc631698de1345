import { canonical, isObject, type Json, type JsonObject } from '../../bytes/json.ts';
import { no, yes, type Result } from '../../result.ts';
import { issue, pointerName, within, type Check, type Validator } from './issue.ts';
import { inspectSchema } from './inspect.ts';
import { booleanCheck, listedCheck, nullCheck, numberCheck, textCheck } from './scalars.ts';

/** How deep a value may be, so that a schema that refers to itself ends. */
export const MAX_DEPTH = 16;

type Defs = { readonly [name: string]: JsonObject };

/**
 * Compiles a schema of the closed keyword list (spec/contract.md, "Schemas") to closures; no code is generated.
 * `defs` is what `#/$defs/…` refers to. Refusals carry the JSON pointer into `schema` (or into `/$defs/…`).
 */
export function compileSchema(schema: unknown, defs: Defs = {}): Result<Validator> {
  const wrong = inspectSchema(schema, '', defs, 0);
  if (wrong !== null) return no(wrong.code, wrong.message, wrong.at);
  const all = compileDefinitions(defs);
  if (!all.ok) return all;
  const check = new Compiler(defs).check(schema as JsonObject);
  return yes((value) => check(value, 0));
}

/** Compiles definitions that may refer to each other; refusals carry the JSON pointer `/$defs/…`. */
export function compileDefinitions(defs: Defs): Result<ReadonlyMap<string, Validator>> {
  const compiler = new Compiler(defs);
  const out = new Map<string, Validator>();
  for (const [name, def] of Object.entries(defs)) {
    const wrong = inspectSchema(def, `/$defs/${pointerName(name)}`, defs, 0);
    if (wrong !== null) return no(wrong.code, wrong.message, wrong.at);
    const check = compiler.reference(name);
    out.set(name, (value) => check(value, 0));
  }
  return yes(out);
}

/** Holds the compiled definitions, each made once and found late, so that they may refer to each other. */
class Compiler {
  readonly #defs: Defs;
  readonly #made = new Map<string, Check>();

  constructor(defs: Defs) { this.#defs = defs; }

  check(schema: JsonObject): Check {
    const ref = schema['$ref'];
    if (typeof ref === 'string') return this.reference(ref.slice('#/$defs/'.length));
    const type = schema['type'];
    const values = 'const' in schema ? [schema['const']] : schema['enum'];
    const listed = values === undefined ? null : listedCheck(values as Json[]);
    if (type === undefined) return listed!;
    const typed = Array.isArray(type) ? orNull(this.#typed(type.find((name) => name !== 'null') as string, schema)) : this.#typed(type as string, schema);
    return listed === null ? typed : (value, depth) => typed(value, depth) ?? listed(value, depth);
  }

  reference(name: string): Check {
    let found = this.#made.get(name);
    if (found === undefined) {
      let inner: Check | null = null;
      found = (value, depth) => {
        if (depth > MAX_DEPTH) return issue('too_deep', `at most ${MAX_DEPTH} levels`);
        inner ??= this.check(this.#defs[name]!);
        return inner(value, depth);
      };
      this.#made.set(name, found);
    }
    return found;
  }

  #typed(type: string, schema: JsonObject): Check {
    switch (type) {
      case 'object': return this.#object(schema);
      case 'array': return this.#array(schema);
      case 'string': return textCheck(schema);
      case 'number': case 'integer': return numberCheck(schema, type === 'integer');
      case 'boolean': return booleanCheck;
      default: return nullCheck;
    }
  }

  #object(schema: JsonObject): Check {
    const fields = new Map(Object.entries(schema['properties'] ?? {}).map(([name, inner]) => [name, this.check(inner as JsonObject)]));
    const required = (schema['required'] ?? []) as string[];
    const rest = schema['additionalProperties'] === false ? null : this.check(schema['additionalProperties'] as JsonObject);
    return (value, depth) => {
      if (!isObject(value)) return issue('type', 'an object');
      for (const name of required) if (!Object.hasOwn(value, name)) return issue('required', 'a value', `/${name}`);
      for (const name of Object.keys(value)) {
        const check = fields.get(name) ?? (mapName(name) ? rest : null);
        if (check === null) return issue('unknown_field', 'no such field', `/${pointerName(name)}`);
        const found = check(value[name], depth + 1);
        if (found !== null) return within(name, found);
      }
      return null;
    };
  }

  #array(schema: JsonObject): Check {
    const item = this.check(schema['items'] as JsonObject);
    const min = (schema['minItems'] ?? 0) as number;
    const max = (schema['maxItems'] ?? Infinity) as number;
    const unique = schema['uniqueItems'] === true;
    return (value, depth) => {
      if (!Array.isArray(value)) return issue('type', 'a list');
      if (value.length > max) return issue('too_many', `at most ${max}`);
      if (value.length < min) return issue('too_few', `at least ${min}`);
      const seen = new Set<string>();
      for (let i = 0; i < value.length; i++) {
        const found = item(value[i], depth + 1);
        if (found !== null) return within(i, found);
        if (unique && seen.size === seen.add(canonical(value[i] as Json)).size) return issue('duplicate', 'no item twice', `/${i}`);
      }
      return null;
    };
  }
}

const orNull = (inner: Check): Check => (value, depth) => (value === null ? null : inner(value, depth));

/** Names that a map (an object with `additionalProperties`) may hold: any Unicode but the one that JavaScript gives a meaning. */
const mapName = (name: string): boolean => name !== '__proto__' && name.isWellFormed();
