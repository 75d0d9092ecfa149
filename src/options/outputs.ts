import { ConfigError } from "../errors.js";
import { reporterNames } from "../inputs.js";
import type { ReporterName } from "../types.js";
import type { Values } from "./parse.js";
import { list, oneOf } from "./values.js";

/** Where a report goes; `null` is standard output. */
export interface Output {
  readonly form: ReporterName | "patch";
  readonly file: string | null;
}

/** Every report that is asked for; one at most is printed. */
export function outputsOf(values: Values): readonly Output[] {
  const patch = values.get("patch");
  const reports = list(values, "reporter").map(reporterOf);
  const patches: readonly Output[] =
    typeof patch === "string" ? [{ form: "patch", file: patch === "" ? null : patch }] : [];
  const outputs = [...reports, ...patches];
  const shown = outputs.filter((output) => output.file === null);
  if (shown.length > 1) {
    const names = shown.map((output) => output.form).join(" and ");
    throw new ConfigError(
      `${names} cannot both be printed.\nSend all but one to a file, for example --patch=changes.patch.`,
    );
  }
  return shown.length === 1 ? outputs : [{ form: "pretty", file: null }, ...outputs];
}

/** The one form of what is told by a flag that has but two, on standard output. */
export function formOf(flag: string, outputs: readonly Output[]): "pretty" | "json" {
  const other = outputs.find(({ form, file }) => file !== null || (form !== "pretty" && form !== "json"));
  if (other !== undefined)
    throw new ConfigError(
      `${flag} cannot be written as "${other.form}${other.file === null ? "" : `=${other.file}`}".\nExpected --reporter pretty or --reporter json; to save it, send standard output to a file.`,
    );
  return outputs.some(({ form }) => form === "json") ? "json" : "pretty";
}

function reporterOf(given: string): Output {
  const [form = "", ...file] = given.split("=");
  if (given.endsWith("="))
    throw new ConfigError(
      `--reporter ${given} names no file.\nWrite --reporter ${form}=<file>, or --reporter ${form} to print it.`,
    );
  return {
    form: oneOf("--reporter", form, reporterNames),
    file: file.length > 0 ? file.join("=") : null,
  };
}
