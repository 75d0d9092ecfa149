import { ConfigError } from "../errors.js";
import { explain } from "../explain/index.js";
import { type Page, textOf } from "../explain/page.js";
import type { Fingerprint, Target } from "../explain/target.js";
import type { CliOptions } from "../options/build.js";
import { explainJson } from "../reporters/explain-json.js";
import { explainPretty } from "../reporters/explain.js";
import { run } from "../run.js";
import { put, styleFor } from "./deliver.js";
import { watched } from "./run.js";
import type { Session } from "./session.js";

interface Explaining {
  readonly options: CliOptions;
  readonly target: Target | Fingerprint | Page;
}

/** `--explain`: tells about a place or a word, and changes nothing. */
export async function explainTarget({ options, target }: Explaining, session: Session): Promise<0> {
  if ("heading" in target) {
    session.print(textOf(target));
    return 0;
  }
  const places = "fingerprint" in target ? await placesOf(target, options, session) : [target];
  for (const place of places) await explainPlace(place, options, session);
  return 0;
}

/** The same code in two files has one fingerprint: both are told about. */
async function placesOf(
  { fingerprint }: Fingerprint,
  options: CliOptions,
  session: Session,
): Promise<readonly Target[]> {
  const report = await watched(options, session, (progress) =>
    run({ ...options, mode: "check", verify: "parse", install: false, baseline: null }, progress),
  );
  const found = report.files.flatMap(({ file, findings }) =>
    findings
      .filter(({ acquisition }) => acquisition.fingerprint === fingerprint)
      .map(({ acquisition }) => ({ file, line: acquisition.line })),
  );
  if (found.length > 0) return found;
  throw new ConfigError(
    `--explain: no site has the fingerprint ${fingerprint}.\nThe baseline and the JSON report hold those that are there; --prune-baseline drops the lines of sites that are gone.`,
  );
}

async function explainPlace(target: Target, options: CliOptions, session: Session): Promise<void> {
  const told = await watched(options, session, (progress) => explain(options, target, progress));
  for (const output of options.outputs) {
    const text =
      output.form === "json"
        ? explainJson(told)
        : explainPretty(told, styleFor(output, { options, session }));
    put(text, output, { options, session });
  }
}
