import { ConfigError } from "../errors.js";
import type { Values } from "./parse.js";
import { isGiven, oneOf } from "./values.js";

/** How a patch is split, and the folder that the parts go to. */
export interface Split {
  readonly by: "directory" | "owner" | "transform" | "package";
  /** As it was given; ends with `/`. */
  readonly folder: string;
}

/** Null when the patch is one. */
export function splitOf(values: Values): Split | null {
  const given = values.get("split-by");
  const patch = values.get("patch");
  const folder = typeof patch === "string" && patch.endsWith("/") ? patch : null;
  if (typeof given !== "string") {
    if (folder === null) return null;
    throw new ConfigError(
      `--patch=${folder} is a folder.\nGive a file, or split the patch: --split-by directory|owner|transform|package.`,
    );
  }
  const by = oneOf("--split-by", given, ["directory", "owner", "transform", "package"]);
  const other = ["check", "write", "interactive", "explain"].find((name) => isGiven(values, name));
  if (other !== undefined)
    throw new ConfigError(
      `--split-by and --${other} contradict each other.\nIt saves a preview in parts: apply them with git apply, or git am for a commit each.`,
    );
  if (folder !== null) return { by, folder };
  throw new ConfigError(
    `--split-by needs a folder for its patches, but ${patch === undefined ? "--patch was not given" : `--patch=${String(patch)} is none`}.\nWrite --split-by ${by} --patch=patches/ (with the slash).`,
  );
}
