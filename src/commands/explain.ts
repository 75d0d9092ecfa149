import { explain } from "../explain/index.js";
import type { Target } from "../explain/target.js";
import type { CliOptions } from "../options/build.js";
import { explainJson } from "../reporters/explain-json.js";
import { explainPretty } from "../reporters/explain.js";
import { put, styleFor } from "./deliver.js";
import { watched } from "./run.js";
import type { Session } from "./session.js";

interface Explaining {
  readonly options: CliOptions;
  readonly target: Target;
}

/** `--explain`: tells about one place, and changes nothing. */
export async function explainPlace({ options, target }: Explaining, session: Session): Promise<0> {
  const told = await watched(options, session, (progress) => explain(options, target, progress));
  for (const output of options.outputs) {
    const text =
      output.form === "json"
        ? explainJson(told)
        : explainPretty(told, styleFor(output, { options, session }));
    put(text, output, { options, session });
  }
  return 0;
}
