import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { saveText } from "../apply/save.js";
import { ConfigError, toError } from "../errors.js";
import { merge } from "../merge/index.js";
import { type Part, partIn } from "../merge/part.js";
import type { CliOptions } from "../options/build.js";
import { deliver } from "./deliver.js";
import type { ExitCode, Session } from "./session.js";

interface Merging {
  readonly options: CliOptions;
  readonly reports: readonly string[];
}

/** `merge`: the report of the whole, and its exit code. */
export async function mergeParts({ options, reports }: Merging, session: Session): Promise<ExitCode> {
  const report = await merge(
    reports.map((name) => read(resolve(options.root, name), name)),
    options,
  );
  const { baseline } = report;
  if (baseline?.text != null) saveText(join(options.root, baseline.file), baseline.text);
  // What it suggests is for the whole project, and not for the reports.
  await deliver(report, { options, session: { ...session, argv: [] } });
  return report.exitCode;
}

function read(path: string, name: string): Part {
  try {
    return partIn(name, readFileSync(path, "utf8"));
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown;
    throw new ConfigError(
      `merge: ${name} cannot be read: ${toError(thrown).message}\nExpected a file that --shard i/n --reporter json=<file> made.`,
    );
  }
}
