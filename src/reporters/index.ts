import type { ReporterName, RunReport } from "../types.js";
import { fromRepository } from "./from-repository.js";
import { colorsFor, type Style } from "./style.js";

/** A form of the report, or `patch`: nothing but what `git apply` takes. */
export type ReportForm = ReporterName | "patch";

/** For people, without colours. */
const plain: Style = { colors: colorsFor(false), verbosity: "normal", timings: false, command: "" };

/** A report as text. Each form is loaded when it is asked for: most runs need one. */
export async function render(report: RunReport, form: ReportForm, style: Style = plain): Promise<string> {
  if (form === "pretty") return (await import("./pretty.js")).pretty(report, style);
  const reporter = await reporters[form]();
  return reporter(servers.includes(form) ? fromRepository(report) : report);
}

/** Read by a server that shows the files of a whole repository. */
const servers: readonly ReportForm[] = ["github", "gitlab", "sarif"];

type Reporter = (report: RunReport) => string;

const reporters: Readonly<Record<Exclude<ReportForm, "pretty">, () => Promise<Reporter>>> = {
  patch: async () => (await import("./patch.js")).patch,
  diff: async () => (await import("./patch.js")).patch,
  json: async () => (await import("./json.js")).json,
  jsonl: async () => (await import("./jsonl.js")).jsonl,
  sarif: async () => (await import("./sarif.js")).sarif,
  github: async () => (await import("./github.js")).github,
  gitlab: async () => (await import("./gitlab.js")).gitlab,
  junit: async () => (await import("./junit.js")).junit,
  markdown: async () => (await import("./markdown.js")).markdown,
  html: async () => (await import("./html/index.js")).htmlPage,
};
