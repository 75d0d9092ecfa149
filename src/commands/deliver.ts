import { resolve } from "node:path";
import { saveText } from "../apply/save.js";
import type { CliOptions } from "../options/build.js";
import type { Output } from "../options/outputs.js";
import { render } from "../reporters/index.js";
import { colorsFor, type Style } from "../reporters/style.js";
import { suggestedArguments } from "../reporters/suggest.js";
import type { RunReport } from "../types.js";
import type { Session } from "./session.js";

interface Delivery {
  readonly options: CliOptions;
  readonly session: Session;
}

/** Each report to where it was asked for; what failed is told in any case. */
export async function deliver(report: RunReport, delivery: Delivery): Promise<void> {
  const { outputs, verbosity } = delivery.options;
  for (const output of outputs) {
    const isShown = output.file !== null || output.form !== "pretty" || verbosity !== "quiet";
    if (isShown) put(await rendered(report, output, delivery), output, delivery);
  }
  const isTold = outputs.some((output) => output.file === null && output.form === "pretty");
  if (!isTold || verbosity === "quiet") tellFailures(report, delivery.session);
}

/** Into its file, or on standard output. */
export function put(text: string, { file }: Output, { options, session }: Delivery): void {
  if (file === null) session.print(text);
  else saveText(resolve(options.root, file), text);
}

export function styleFor({ file }: Output, { options, session }: Delivery): Style {
  const isColoured = options.color === "auto" ? session.isColoured : options.color === "always";
  return {
    colors: colorsFor(file === null && isColoured),
    verbosity: options.verbosity === "verbose" ? "verbose" : "normal",
    timings: options.timings,
    command: suggestedArguments(session.argv),
  };
}

function rendered(report: RunReport, output: Output, delivery: Delivery): Promise<string> {
  return render(report, output.form, styleFor(output, delivery));
}

function tellFailures(report: RunReport, session: Session): void {
  for (const file of report.files)
    if (file.status === "failed") session.tell(`${file.file} (${file.stage}): ${file.error}`);
}
