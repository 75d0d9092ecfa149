import { ConfigError } from "../errors.js";
import { reporterNames } from "../inputs.js";
import { oneOf } from "../options/values.js";
import { render, type ReportForm } from "../reporters/index.js";
import type { RunReport } from "../types.js";

export type { ReportForm };

/**
 * A report as the text that the command prints with `--reporter`; `pretty` comes without colours, and `patch` is what
 * `git apply` takes. `diff` and `patch` need a report of a dry run or a write: a check makes no new texts.
 * @throws ConfigError when there is no such form.
 */
export async function formatReport(report: RunReport, form: ReportForm): Promise<string> {
  const known: readonly ReportForm[] = [...reporterNames, "patch"];
  if (typeof form !== "string") throw new ConfigError(`form must be one of ${known.join(", ")}.`);
  return render(report, oneOf("form", form, known));
}
