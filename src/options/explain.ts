import { ConfigError } from "../errors.js";
import { type Page, words } from "../explain/page.js";
import { type Fingerprint, parseTarget, type Target } from "../explain/target.js";
import { outputsOf } from "./outputs.js";
import type { Values } from "./parse.js";
import { isGiven, text } from "./values.js";

/** The place or the word to tell about; null when none is asked for. */
export function explainOf(values: Values): Target | Fingerprint | Page | null {
  const given = text(values, "explain");
  if (given === "") return null;
  const form = outputsOf(values).find((output) => !["pretty", "json", "patch"].includes(output.form))?.form;
  if (form !== undefined)
    throw new ConfigError(
      `--explain has no form "${form}".\nExpected --reporter pretty or --reporter json, into a file or not.`,
    );
  const other = ["check", "write", "patch"].find((name) => isGiven(values, name));
  if (other === undefined) return words.get(given) ?? parseTarget(given);
  throw new ConfigError(
    `--explain and --${other} contradict each other.\n--explain only tells: give it alone.`,
  );
}
