import { ConfigError } from "../errors.js";
import type { Changes, Mode } from "../types.js";
import type { Values } from "./parse.js";

/**
 * Which changed files were asked for; null when it is not about changes.
 * @throws ConfigError when flags contradict each other.
 */
export function changesOf(values: Values, mode: Mode): Changes | null {
  const since = values.get("since");
  const given: readonly Changes[] = [
    ...(typeof since === "string" ? [{ by: "since", ref: since } as const] : []),
    ...(values.get("changed") === true ? [{ by: "changed" } as const] : []),
    ...(values.get("staged") === true ? [{ by: "staged" } as const] : []),
  ];
  if (given.length > 1)
    throw new ConfigError(
      `${given.map(({ by }) => `--${by}`).join(" and ")} contradict each other.\nGive one of them.`,
    );
  const [changes = null] = given;
  if (changes?.by === "staged" && mode === "write")
    throw new ConfigError(
      "--staged and --write contradict each other: what is staged can only be looked at.\nUse --write --changed, then git add what it changed.",
    );
  return changes;
}
