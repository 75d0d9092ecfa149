import { ConfigError, toError } from "../errors.js";
import { isRecord } from "../json.js";
import { ownManifest } from "../manifest.js";
import type { PartOfRun, RunReport } from "../types.js";

/** The report of one part of a check. */
export type Part = PartOfRun &
  Pick<RunReport, "safety" | "files" | "scanned" | "candidates" | "skipped" | "remarks" | "verified"> & {
    /** Where it was read from, for messages. */
    readonly name: string;
  };

/**
 * Reads the JSON report of a part.
 * @throws ConfigError for everything else, and for one of another version: only the same version knows its form.
 */
export function partIn(name: string, text: string): Part {
  const report = parse(name, text);
  if (!isRecord(report) || report["version"] !== 1 || typeof report["tool"] !== "string")
    throw new ConfigError(`merge: ${name} is no JSON report of resource-codemod.${how}`);
  const { version } = ownManifest();
  if (report["tool"] !== version)
    throw new ConfigError(
      `merge: ${name} was made by version ${report["tool"]}, and this is ${version}.\nUse one version for all parts and for merge.`,
    );
  const { part } = report;
  if (part === undefined) throw new ConfigError(`merge: ${name} is the report of a whole run.${how}`);
  if (!isPart(part)) throw new ConfigError(`merge: ${name} is incomplete.${how}`);
  return { ...part, name };
}

/** What is in the lists was written by this very version. */
function isPart(value: unknown): value is Omit<Part, "name"> {
  if (!isRecord(value) || typeof value["key"] !== "string") return false;
  const lists = ["files", "skipped", "remarks", "verified", "paths"];
  const counts = ["index", "count", "scanned", "candidates"];
  return (
    lists.every((name) => Array.isArray(value[name])) && counts.every((name) => Number.isInteger(value[name]))
  );
}

const how = "\nExpected a file that --check --shard i/n --reporter json=<file> made.";

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ConfigError(`merge: ${name} is not JSON: ${toError(thrown).message}.${how}`);
  }
}
