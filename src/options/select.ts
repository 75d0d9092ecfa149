import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigError, toError } from "../errors.js";
import { readSelection } from "../ratchet/selection.js";
import type { Mode, Selected } from "../types.js";
import type { Values } from "./parse.js";

/** @throws ConfigError when the file cannot be read or holds no selection. */
export function selectOf(root: string, values: Values, mode: Mode): Selected | null {
  const given = values.get("select");
  if (typeof given !== "string") return null;
  if (mode === "check")
    throw new ConfigError(
      "--select and --check contradict each other.\nA check looks at every site: give --dry or --write.",
    );
  const path = resolve(root, given);
  try {
    return readSelection(given, readFileSync(path, "utf8"));
  } catch (thrown) {
    const how =
      "The page of --reporter html=report.html saves one; save it again, then give --select <file>.";
    if (thrown instanceof ConfigError) throw new ConfigError(`--select: ${thrown.message}\n${how}`);
    throw new ConfigError(`--select: ${given} cannot be read: ${toError(thrown).message}\n${how}`);
  }
}
