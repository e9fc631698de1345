import { isObject, type Contract, type Json, type JsonObject } from '@commonhold/core';

/**
 * TypeScript for the records of a contract: an interface per definition, one that maps collections to them (for `podOf`),
 * and, unless `recordsOnly`, the id of the service. Nothing in it comes from text that is meant for people.
 */
export function typesOf(contract: Contract, { recordsOnly = false } = {}): string {
  const { service, collections, data } = contract;
  const names = namesOf(Object.keys(data.$defs));
  const whole = pascal(service.name);
  return [
    `/* The records of ${service.name}, version ${contract.version}. Made by "commonhold contract types": change the contract, not this file. */`, '',
    ...(recordsOnly ? [] : [`/** The service, as paths name it. */`, `export const SERVICE = ${quoted(service.id)};`, '']),
    ...Object.entries(data.$defs).flatMap(([name, schema]) => [...definition(names.get(name)!, schema, names), '']),
    `/** What each collection holds. */`, `export interface ${free(`${whole}Collections`, names)} {`,
    ...Object.entries(collections).map(([name, { item }]) => `  ${name}: ${names.get(item)!};`),
    '}', '',
  ].join('\n');
}

type Names = ReadonlyMap<string, string>;

/** A type name for each definition, no two alike: `meal_date` and `mealdate` stay two. */
function namesOf(defs: readonly string[]): Names {
  const taken = new Set(RESERVED);
  return new Map(defs.map((name) => {
    let made = pascal(name);
    while (taken.has(made)) made += '_';
    taken.add(made);
    return [name, made];
  }));
}

/** Names that mean something in the file already. */
const RESERVED = ['SERVICE', 'Record', 'Array', 'String', 'Number', 'Boolean', 'Object'];
const free = (name: string, names: Names): string => ([...names.values()].includes(name) ? `${name}_` : name);
const pascal = (name: string): string => name.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');

function definition(name: string, schema: JsonObject, names: Names): string[] {
  const meant = typeOf(schema, names, '');
  return [meant.startsWith('{') && meant.endsWith('}') ? `export interface ${name} ${meant}` : `export type ${name} = ${meant};`];
}

function typeOf(schema: JsonObject, names: Names, indent: string): string {
  const ref = schema['$ref'];
  if (typeof ref === 'string') return names.get(ref.slice('#/$defs/'.length))!;
  const listed = 'const' in schema ? [schema['const']!] : schema['enum'];
  if (Array.isArray(listed)) return listed.map(quoted).join(' | ');
  const said = schema['type'];
  if (!Array.isArray(said)) return plain(said as string, schema, names, indent);
  const inner = said.find((name) => name !== 'null') as string;
  return `${plain(inner, schema, names, indent)} | null`;
}

function plain(type: string, schema: JsonObject, names: Names, indent: string): string {
  switch (type) {
    case 'object': return objectOf(schema, names, indent);
    case 'array': {
      const inner = typeOf(schema['items'] as JsonObject, names, indent);
      return /^\w+$/.test(inner) ? `${inner}[]` : `(${inner})[]`;
    }
    case 'integer': return 'number';
    default: return type;
  }
}

function objectOf(schema: JsonObject, names: Names, indent: string): string {
  const fields = isObject(schema['properties']) ? schema['properties'] : {};
  const required = (schema['required'] ?? []) as string[];
  const lines = Object.entries(fields).map(([name, inner]) =>
    `${indent}  ${name}${required.includes(name) ? '' : '?'}: ${typeOf(inner as JsonObject, names, `${indent}  `)};`);
  const rest = schema['additionalProperties'];
  if (isObject(rest)) {
    const others = typeOf(rest, names, `${indent}  `);
    // Beside named fields an index must admit them, too.
    if (lines.length > 0) return `{\n${lines.join('\n')}\n${indent}} & Record<string, unknown>`;
    return `Record<string, ${others}>`;
  }
  return lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('\n')}\n${indent}}`;
}

const quoted = (value: Json): string => JSON.stringify(value).replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029');
