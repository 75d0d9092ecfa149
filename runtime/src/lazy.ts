import type * as crypto from "node:crypto";
import type * as http from "node:http";
import * as modules from "node:module";
import type * as readline from "node:readline";
import type * as threads from "node:worker_threads";

/** Builtin modules that few programs need, and that take a while to load. */
interface Builtins {
  readonly "node:crypto": typeof crypto;
  readonly "node:http": typeof http;
  readonly "node:readline": typeof readline;
  readonly "node:worker_threads": typeof threads;
}

let load: NodeJS.Require | undefined;

/** A builtin module, loaded when it is needed for the first time. */
export function builtin<N extends keyof Builtins>(name: N): Builtins[N] {
  // The path says where relative modules are looked for, of which there are none.
  load ??= modules.createRequire(process.execPath);
  return load(name);
}
