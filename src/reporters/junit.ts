import { isDrift } from "../plan/levels.js";
import type { FileOutcome, Finding, RunReport } from "../types.js";
import { calleeOf, ruleOf } from "./rules.js";

/** JUnit XML: a suite for each file, a case for each site; one that needs changing fails, an accepted one is skipped. */
export function junit(report: RunReport): string {
  const suites = report.files.map((file) => suiteOf(file, report));
  const totals = sums(suites.map(({ counts }) => counts));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="resource-codemod" ${attributes(totals)}>`,
    ...suites.map(({ text }) => text),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

interface Case {
  readonly name: string;
  readonly body: string;
  readonly result: keyof Counts;
}

function suiteOf(file: FileOutcome, report: RunReport): { readonly text: string; readonly counts: Counts } {
  const cases =
    file.status === "failed"
      ? [errorCase(file)]
      : file.findings.map((one) => caseOf(one, { file: file.file, report }));
  const count = (result: keyof Counts): number => cases.filter((one) => one.result === result).length;
  const counts = {
    tests: cases.length,
    failures: count("failures"),
    errors: count("errors"),
    skipped: count("skipped"),
  };
  const name = escape(file.file);
  const lines = cases.map(({ name: title, body }) => {
    const open = `    <testcase name="${escape(title)}" classname="${name}" file="${name}"`;
    return body === "" ? `${open}/>` : `${open}>${body}</testcase>`;
  });
  return {
    text: [`  <testsuite name="${name}" ${attributes(counts)}>`, ...lines, "  </testsuite>"].join("\n"),
    counts,
  };
}

function errorCase({ stage, error }: Extract<FileOutcome, { status: "failed" }>): Case {
  return { name: `${stage}`, result: "errors", body: element("error", "Could not be processed", error) };
}

function caseOf(
  finding: Finding,
  { file, report }: { readonly file: string; readonly report: RunReport },
): Case {
  const { acquisition, standing, message } = finding;
  const { line, column, symbol, api } = acquisition;
  const place = `${file}:${String(line)}:${String(column)}`;
  const name = [calleeOf(api), ...(symbol === "" ? [] : [`in ${symbol}`]), `line ${String(line)}`].join(" ");
  if (standing.is === "suppressed") return { name, result: "skipped", body: skipped(standing.reason) };
  if (standing.is === "baseline") return { name, result: "skipped", body: skipped("In the baseline.") };
  if (!isDrift(finding, report.safety)) return { name, result: "tests", body: "" };
  return {
    name,
    result: "failures",
    body: element("failure", ruleOf(acquisition.kind), `${place}\n${message}`),
  };
}

function skipped(reason: string): string {
  return `<skipped message="${escape(reason)}"/>`;
}

function element(name: string, type: string, text: string): string {
  const [first = ""] = text.split("\n").slice(-1);
  return `<${name} type="${escape(type)}" message="${escape(first)}">${escape(text)}</${name}>`;
}

function attributes({ tests, failures, errors, skipped: left }: Counts): string {
  return `tests="${String(tests)}" failures="${String(failures)}" errors="${String(errors)}" skipped="${String(left)}"`;
}

function sums(all: readonly Counts[]): Counts {
  const sum = (of: (counts: Counts) => number): number => all.reduce((total, one) => total + of(one), 0);
  return {
    tests: sum(({ tests }) => tests),
    failures: sum(({ failures }) => failures),
    errors: sum(({ errors }) => errors),
    skipped: sum((one) => one.skipped),
  };
}

/** XML 1.0 has no way at all to write most control characters. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\t", "&#9;");
}
