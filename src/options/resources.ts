import { type DefinedRelease, modelOfDefinition, type ResourceDefinition } from "../catalogue/define.js";
import { kinds } from "../catalogue/kinds.js";
import { ConfigError } from "../errors.js";
import type { Kind, ResourceModel } from "../types.js";
import {
  listOf,
  type Members,
  membersOf,
  oneOf,
  type Placed,
  required,
  textOf,
  unexpected,
} from "./shape.js";

const keys = ["id", "kind", "acquire", "yields", "release", "ends", "adopt", "level", "docs"] as const;
const kindNames: readonly string[] = Object.keys(kinds);

const isKind = (name: string): name is Kind => kindNames.includes(name);

/** `resources` of a configuration: definitions as `defineResource` takes them, also written as JSON. */
export function resourcesOf(placed: Placed): readonly ResourceModel[] {
  const models = listOf(placed).map((one) => modelOfDefinition(definitionOf(one)));
  for (const [i, { id }] of models.entries())
    if (models.findIndex((one) => one.id === id) !== i)
      throw new ConfigError(`${placed.at}: "${id}" is defined twice.`);
  return models;
}

function definitionOf(placed: Placed): ResourceDefinition {
  const members = membersOf(placed, keys);
  return {
    acquire: acquireOf(required(members, "acquire", placed)),
    release: releasesOf(required(members, "release", placed)),
    ...optional(members, "id", textOf),
    ...optional(members, "kind", kindOf),
    ...optional(members, "yields", (one) => oneOf<"handle" | "promise">(one, ["handle", "promise"])),
    ...optional(members, "ends", (one) => listOf(one).map(textOf)),
    ...optional(members, "adopt", functionTextOf),
    ...optional(members, "level", (one) => oneOf<"safe" | "likely">(one, ["safe", "likely"])),
    ...optional(members, "docs", textOf),
  };
}

function optional<Key extends string, Value>(
  members: Members,
  key: Key,
  read: (placed: Placed) => Value,
): { readonly [one in Key]?: Value } {
  const found = members.get(key);
  const given: { [one in Key]?: Value } = {};
  if (found?.value !== undefined) given[key] = read(found);
  return given;
}

function kindOf(placed: Placed): Kind {
  const name = oneOf(placed, kindNames);
  if (isKind(name)) return name;
  throw unexpected(placed, `one of ${kindNames.join(", ")}`);
}

function acquireOf(placed: Placed): ResourceDefinition["acquire"] {
  const members = membersOf(placed, ["module", "call", "construct"]);
  const module = required(members, "module", placed);
  const acquire = {
    module: Array.isArray(module.value) ? listOf(module).map(textOf) : textOf(module),
    ...optional(members, "call", memberOf),
    ...optional(members, "construct", memberOf),
  };
  if (acquire.call !== undefined && acquire.construct !== undefined)
    throw new ConfigError(`${placed.at} has both "call" and "construct".\nGive one of them.`);
  if (acquire.call === undefined && acquire.construct === undefined)
    throw new ConfigError(
      `${placed.at} says neither "call" nor "construct".\nGive the name of the function or class; "default" is the module itself.`,
    );
  return acquire;
}

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\(\))?`;
const memberPath = new RegExp(`^${name}(?:\\.${name})*$`, "u");

function memberOf(placed: Placed): string {
  const text = textOf(placed);
  if (memberPath.test(text) && !text.endsWith("()")) return text;
  throw unexpected(placed, 'a name such as "connect" or "createPool().getConnection"');
}

function functionTextOf(placed: Placed): string {
  const text = textOf(placed);
  if (text.includes("=>") || text.startsWith("function")) return text;
  throw unexpected(placed, 'a function in text such as "(pool) => pool.end()"');
}

function releasesOf(placed: Placed): ResourceDefinition["release"] {
  const [first, ...rest] = listOf(placed).map(releaseOf);
  if (first === undefined) throw unexpected(placed, "a list with at least one way to release it");
  return [first, ...rest];
}

const shared = ["by", "async", "again"] as const;

function releaseOf(placed: Placed): DefinedRelease {
  const all = membersOf(placed, [...shared, "name", "module", "argument"]);
  const by = oneOf(required(all, "by", placed), ["method", "function", "call"]);
  const how = { ...optional(all, "async", flagOf), ...optional(all, "again", againOf) };
  if (by === "call") {
    membersOf(placed, shared);
    return { by, ...how };
  }
  if (by === "method") {
    const members = membersOf(placed, [...shared, "name"]);
    return { by, name: memberOf(required(members, "name", placed)), ...how };
  }
  const argument = optional(all, "argument", positionOf);
  const module = textOf(required(all, "module", placed));
  return { by, module, name: memberOf(required(all, "name", placed)), ...argument, ...how };
}

const againOf = (placed: Placed): "harmless" | "throws" => oneOf(placed, ["harmless", "throws"]);

function flagOf(placed: Placed): boolean {
  if (typeof placed.value === "boolean") return placed.value;
  throw unexpected(placed, "true or false");
}

function positionOf(placed: Placed): number {
  if (typeof placed.value === "number" && Number.isInteger(placed.value) && placed.value >= 0)
    return placed.value;
  throw unexpected(placed, "the position of an argument, 0 for the first");
}
