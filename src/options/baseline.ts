import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ConfigError } from "../errors.js";
import type { BaselineAction, BaselineOptions, Mode } from "../types.js";
import type { Values } from "./parse.js";
import { foldersUp } from "../folders.js";

const defaultName = "resource-codemod-baseline.txt";

/**
 * The baseline of a run; null when there is none. One that the user names must exist, unless it is being made.
 * @throws ConfigError when flags contradict each other or the file is missing.
 */
export function baselineOf(root: string, values: Values, mode: Mode): BaselineOptions | null {
  const action = actionOf(values);
  if (action !== "use" && mode !== "check")
    throw new ConfigError(
      `--${action}-baseline and --${mode} contradict each other.\nIt looks at all sites and writes nothing but the baseline: give it alone or with --check.`,
    );
  const strict = values.get("strict-baseline") === true;
  const given = values.get("baseline");
  const named = typeof given === "string" && given !== "" ? resolve(root, given) : null;
  const file = named ?? nearest(root);
  const isWanted = given !== undefined || action === "prune" || (strict && mode === "check");
  if (action !== "update" && isWanted && (file === null || !existsSync(file)))
    throw missing(file ?? join(root, defaultName));
  if (file === null && action !== "update") return null;
  return { file: file ?? join(root, defaultName), action, strict };
}

/** Making or trimming a baseline is a check that does not complain. */
export function makesBaseline(values: Values): boolean {
  return actionOf(values) !== "use";
}

function actionOf(values: Values): BaselineAction {
  const given = (["update", "prune"] as const).filter((one) => values.get(`${one}-baseline`) === true);
  if (given.length > 1)
    throw new ConfigError(
      "--update-baseline and --prune-baseline contradict each other.\n--update-baseline drops what is gone as well.",
    );
  return given[0] ?? "use";
}

/** As with configurations, from the root upwards. */
function nearest(root: string): string | null {
  for (const folder of foldersUp(root)) {
    const file = join(folder, defaultName);
    if (existsSync(file)) return file;
  }
  return null;
}

function missing(file: string): ConfigError {
  return new ConfigError(
    `There is no baseline ${file}.\nMake one with --update-baseline, which accepts every site that a check finds now.`,
  );
}
