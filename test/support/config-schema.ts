import { kinds } from "../../src/catalogue/kinds.js";
import { flags, type Flag } from "../../src/options/flags.js";
import { settingNames } from "../../src/options/settings.js";

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string", minLength: 1 };
const texts: Schema = { type: "array", items: text };

/** The JSON schema of a configuration: flags by their table, and the two lists that have shapes of their own. */
export function configSchema(): Schema {
  const settings = [...settingNames].map(([name, flag]) => [name, schemaOf(flags[flag])]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of resource-codemod",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      extends: {
        description: "configurations that this one builds on: paths from this file, or packages",
        anyOf: [text, texts],
      },
      ...Object.fromEntries(settings),
      transforms: { description: "jscodeshift transforms of the project: each runs after ours", ...texts },
      resources: {
        description: "resources that the catalogue does not know",
        type: "array",
        items: resource,
      },
    },
  };
}

function schemaOf(flag: Flag | undefined): Schema {
  if (flag === undefined) throw new Error("A setting without a flag.");
  const { type, choices, fallback, describe: description } = flag;
  const first = choices?.[0];
  if (type === "boolean") return { description, type: "boolean", default: fallback ?? false };
  if (type === "number")
    return { description, type: "number", exclusiveMinimum: 0, default: Number(fallback) };
  if (type === "list")
    return {
      description,
      type: "array",
      items: choices === undefined ? { type: "string" } : { enum: choices },
    };
  if (choices !== undefined) return { description, enum: choices, default: first };
  return { description, ...text, default: fallback };
}

const shared = { async: { type: "boolean" }, again: { enum: ["harmless", "throws"] } };

const release = {
  oneOf: [
    object({ by: { const: "method" }, name: text, ...shared }, ["by", "name"]),
    object({ by: { const: "call" }, ...shared }, ["by"]),
    object(
      {
        by: { const: "function" },
        module: text,
        name: text,
        argument: { type: "integer", minimum: 0 },
        ...shared,
      },
      ["by", "module", "name"],
    ),
  ],
};

const resource = object(
  {
    id: text,
    kind: { enum: Object.keys(kinds), default: "connection" },
    acquire: {
      ...object({ module: { anyOf: [text, texts] }, call: text, construct: text }, ["module"]),
      oneOf: [{ required: ["call"] }, { required: ["construct"] }],
    },
    yields: { enum: ["handle", "promise"], default: "handle" },
    release: { type: "array", minItems: 1, items: release },
    ends: texts,
    adopt: text,
    level: { enum: ["safe", "likely"], default: "safe" },
    docs: text,
  },
  ["acquire", "release"],
);

function object(properties: Schema, required: readonly string[]): Schema {
  return { type: "object", additionalProperties: false, properties, required };
}
