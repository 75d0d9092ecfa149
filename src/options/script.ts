import { register } from "node:module";
import { pathToFileURL } from "node:url";
import { ConfigError, toError } from "../errors.js";

/** What the configuration exports that is written in JavaScript or TypeScript. */
export async function loadScript(path: string): Promise<unknown> {
  return exported(await loadModule(path), path);
}

/** A module of the project, in JavaScript or TypeScript. */
export async function loadModule(path: string): Promise<unknown> {
  hook();
  try {
    const loaded: unknown = await import(pathToFileURL(path).href);
    return loaded;
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    throw new ConfigError(`${path} cannot be loaded: ${toError(thrown).message}`);
  }
}

/** `export default`, or `module.exports` of CommonJS, which may carry a default of its own. */
function exported(loaded: unknown, path: string): unknown {
  const outer = defaultOf(loaded);
  if (outer === undefined) throw new ConfigError(`${path} has no default export.`);
  return defaultOf(outer) ?? outer;
}

function defaultOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, "default") : undefined;
}

let isHooked = false;

/** Node below 22.18 does not load TypeScript, and the configuration may find this package only through us. */
function hook(): void {
  if (isHooked) return;
  isHooked = true;
  register(new URL("./script-hooks.js", import.meta.url));
}
