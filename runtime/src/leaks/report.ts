import { expectRecord } from "../validate.js";

/** A resource that a context holds, or held until it was lost. */
export interface OpenResource {
  /** What it is: `process`, `stream`, `server`, ... */
  readonly kind: string;
  /** The name of its context; `root` belongs to the process. */
  readonly owner: string;
  /** How long it has been open, in milliseconds. */
  readonly age: number;
  /** Where the program acquired it: file, line, column and function. Only known with stacks. */
  readonly site: string | undefined;
}

/** A handle of Node that no context knows. */
export interface OpenHandle {
  readonly kind: string;
  /** Where the program made it. Only known with stacks. */
  readonly site: string | undefined;
}

/** What is open, at one moment. It names kinds, contexts, functions and lines, and never a value. */
export interface LeakReport {
  /** How long the detector has been looking, in milliseconds. */
  readonly duration: number;
  /** What contexts hold, oldest first. */
  readonly resources: readonly OpenResource[];
  /** What nobody can release any more: its context was garbage collected before it was disposed. */
  readonly lost: readonly OpenResource[];
  /** What keeps the process alive, or a file open, without a context. */
  readonly handles: readonly OpenHandle[];
}

/** A report for people, one line for each thing that is open; an empty string when nothing is. */
export function formatLeakReport(report: LeakReport): string {
  const { resources, lost, handles } = expectRecord("report", report);
  const sections = [
    section("held by contexts that were not disposed", resources.map(describe)),
    section("lost: the context was garbage collected before it was disposed", lost.map(describe)),
    section("open without a context", counted(handles.map((handle) => line(handle.kind, handle.site)))),
  ];
  return sections.filter((text) => text !== "").join("\n");
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [`${title}:`, ...lines.map((text) => `  ${text}`)].join("\n");

const describe = ({ kind, owner, age, site }: OpenResource): string =>
  line(`${kind}, held by "${owner}" for ${seconds(age)}`, site);

const line = (what: string, site: string | undefined): string =>
  site === undefined ? what : `${what}, from ${site}`;

const seconds = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;

/** Equal lines once, with their number. */
function counted(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of lines) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count} x ${text}`));
}
