import { createRequire } from "node:module";
import { ConfigError } from "../errors.js";
import { loadModule } from "../options/script.js";
import type { OwnTransform } from "../types.js";

/** What jscodeshift hands over. */
export interface Api {
  readonly j: unknown;
  readonly jscodeshift: unknown;
  readonly stats: (name: string, quantity?: number) => void;
  readonly report: (message: string) => void;
}

type Run = (
  file: { readonly path: string; readonly source: string },
  api: Api,
  options: Readonly<Record<string, unknown>>,
) => unknown;

/** A jscodeshift transform of the project. */
export interface Loaded {
  /** As the configuration has it. */
  readonly name: string;
  readonly run: Run;
  /** The parser that it asks for: a name that jscodeshift knows, or one of its own. */
  readonly parser: unknown;
}

/** @throws ConfigError for a file that is no transform. */
export async function loadOwn({ name, path }: OwnTransform): Promise<Loaded> {
  const loaded = await loadModule(path);
  const outer = memberOf(loaded, "default");
  const inner = memberOf(outer, "default") ?? outer;
  if (!isRun(inner)) throw new ConfigError(`${path} is no jscodeshift transform: it exports no function.`);
  const parser = memberOf(loaded, "parser") ?? memberOf(outer, "parser");
  return { name, run: inner, parser };
}

function isRun(value: unknown): value is Run {
  return typeof value === "function";
}

function memberOf(value: unknown, name: string): unknown {
  const hasMembers = (typeof value === "object" && value !== null) || typeof value === "function";
  return hasMembers ? Reflect.get(value, name) : undefined;
}

/** jscodeshift for one parser. */
export function coreFor(parser: unknown): unknown {
  const core: unknown = createRequire(import.meta.url)("jscodeshift");
  const withParser = memberOf(core, "withParser");
  return typeof withParser === "function" ? Reflect.apply(withParser, core, [parser]) : core;
}
