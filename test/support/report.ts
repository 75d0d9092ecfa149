import type { FileOutcome, Finding, LeaveReason, Level, RunReport } from "../../src/types.js";

type Shape = { readonly line?: number; readonly level?: Level; readonly leave?: LeaveReason };

/** A finding about one `spawn` that runs as long as the program. */
export function finding({ line = 1, level = "safe", leave }: Shape = {}): Finding {
  return {
    acquisition: {
      api: "node:child_process#spawn",
      kind: "child-process",
      span: { start: 0, end: 5 },
      line,
      column: 3,
      endLine: line,
      endColumn: 8,
      symbol: "serve",
      fingerprint: `spawn:serve:${String(line)}`,
      boundTo: null,
    },
    ownership:
      leave === undefined
        ? { verdict: "root", observed: null }
        : { verdict: "field", reason: "escapes-field", field: "child", releasedBy: [] },
    level,
    decision:
      leave === undefined
        ? {
            action: "rewrite",
            transform: "spawn",
            fix: {
              by: "root",
              handle: { start: 0, end: 5, statement: null, parens: null },
              method: "process",
            },
          }
        : { action: "leave", reason: leave },
    evidence: { leak: [], refused: [] },
    standing: { is: "new" },
    message: `The child on line ${String(line)} outlives an interrupted program.`,
  };
}

export function changed(file: string, before: string, after: string): FileOutcome {
  return { status: "changed", file, findings: [finding()], before, after };
}

export function report(files: readonly FileOutcome[], rest: Partial<RunReport> = {}): RunReport {
  return {
    mode: "dry",
    safety: "safe",
    root: "/project",
    files,
    scanned: 12,
    candidates: files.length,
    skipped: [],
    installs: [],
    remarks: [],
    part: null,
    baseline: null,
    verified: [],
    exitCode: 0,
    timings: { discover: 12.345, analyse: 1000 },
    ...rest,
  };
}
