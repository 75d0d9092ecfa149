import { describe, expect, test } from "vitest";
import { json } from "../../src/reporters/json.js";
import { pretty } from "../../src/reporters/pretty.js";
import { colorsFor, type Style } from "../../src/reporters/style.js";
import { suggestedArguments } from "../../src/reporters/suggest.js";
import type { FileOutcome } from "../../src/types.js";
import { changed, finding, report } from "../support/report.js";

const plain: Style = { colors: colorsFor(false), verbosity: "normal", timings: false, command: " src" };
const files: readonly FileOutcome[] = [
  changed("src/run.ts", "spawn();\n", "adopt(spawn());\n"),
  {
    status: "unchanged",
    file: "src/left.ts",
    findings: [finding({ line: 4, leave: "escapes-field" }), finding({ line: 9, leave: "detached" })],
  },
  {
    status: "unchanged",
    file: "src/other.ts",
    findings: [finding({ line: 2, leave: "escapes-field" }), finding({ line: 7, level: "likely" })],
  },
  { status: "failed", file: "src/bad.ts", findings: [], stage: "parse", error: "Unexpected token (3:1)" },
];

describe("pretty", () => {
  test("a dry run: reason, diff, what was left, what failed, the counts, the next step", () => {
    expect(pretty(report(files), plain)).toBe(`\
src/run.ts:1:3  safe  The child on line 1 outlives an interrupted program.
--- a/src/run.ts
+++ b/src/run.ts
@@ -1,1 +1,1 @@
-spawn();
+adopt(spawn());

Left as they are (--verbose names each)
    2  escapes-field  It is stored in a field: the object becomes its owner.
    1  detached       Started with \`detached\`: it is meant to outlive this program.

Could not be processed
  src/bad.ts (parse): Unexpected token (3:1)

Looked at     12 files, 4 candidates
Sites         5: field 3, root 2
Would change  1 site in 1 file
Held back     1 site at level likely (--safety likely includes it)
Left          3 sites, 0 suppressed, 0 in baseline
Failed        1 file
Time          1.0 s

Nothing was written. To apply this: npx resource-codemod --write src
`);
  });

  test("what a check takes back is always named", () => {
    const left = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((line) => finding({ line, leave: "synchronous" }));
    const back = finding({ line: 12, leave: "failed-verification" });
    const text = pretty(
      report([{ status: "unchanged", file: "src/run.ts", findings: [...left, back] }]),
      plain,
    );
    expect(text).toContain("Taken back, for a check failed\n  src/run.ts:12:3  ");
    expect(
      pretty(report([{ status: "unchanged", file: "src/run.ts", findings: left }]), plain),
    ).not.toContain("Taken back");
  });

  test("verbose names each site that was left", () => {
    const text = pretty(report(files), { ...plain, verbosity: "verbose", timings: true });
    expect(text).toContain("src/left.ts:4:3  safe");
    expect(text).toContain("src/other.ts:2:3  safe");
    expect(text).toContain("Time          1.0 s (discover 12 ms, analyse 1.0 s)");
  });

  test("a check says what is new, why it matters and how to mend it, without a diff", () => {
    const found: FileOutcome = {
      status: "unchanged",
      file: "src/run.ts",
      findings: [finding(), finding({ line: 5, level: "unsafe" })],
    };
    const text = pretty(report([found], { mode: "check", exitCode: 1 }), plain);
    expect(text).toMatch(/^1 unmanaged resource in 1 file\n {2}src\/run\.ts:1:3 {2}safe/);
    expect(text).toContain("a child process keeps running and a file stays half-written");
    expect(text).toContain("npx resource-codemod --write src");
    expect(text).toContain("Would change  1 site in 1 file");
    expect(text).not.toContain("@@");
  });

  test("a check of many sites still fits one screen", () => {
    const many: FileOutcome = {
      status: "unchanged",
      file: "a.ts",
      findings: Array.from({ length: 500 }, (_, line) => finding({ line })),
    };
    const text = pretty(report([many], { mode: "check", exitCode: 1 }), plain);
    expect(text.split("\n").length).toBeLessThan(40);
    expect(text).toContain("and 485 more (--verbose names each)");
  });

  test("a clean check", () => {
    expect(pretty(report([], { mode: "check" }), plain)).toMatch(/^No unmanaged resource needs changing\.\n/);
  });

  test("after writing: what changed, and the install command", () => {
    const install = { file: "package.json", before: "{}\n", after: "{ }\n", command: "pnpm install" };
    const text = pretty(report(files, { mode: "write", installs: [install] }), plain);
    expect(text).toContain("Added the runtime to package.json; then install it: pnpm install");
    expect(text).toContain("Changed       1 site in 1 file");
    expect(text).not.toContain("@@");
  });

  test("colours only when asked for", () => {
    expect(pretty(report(files), plain)).not.toContain("\u001b");
    expect(pretty(report(files), { ...plain, colors: colorsFor(true) })).toContain(
      "\u001b[32m+adopt(spawn());\u001b[39m",
    );
  });

  test("escape sequences in the source do not reach the terminal", () => {
    const evil = changed("src/run.ts", "spawn('\u001b[2J');\n", "adopt(spawn('\u001b[2J\u009b1m'));\n");
    const text = pretty(report([evil]), plain);
    expect(text).not.toMatch(/[\u001b\u009b]/);
    expect(text).toContain("\\x1b[2J\\x9b1m");
  });
});

describe("json", () => {
  test("version 1, as documented", () => {
    expect(JSON.parse(json(report(files)))).toEqual({
      version: 1,
      tool: expect.stringMatching(/^\d+\.\d+\.\d+/),
      mode: "dry",
      exitCode: 0,
      files: [
        { path: "src/run.ts", status: "would-change", findings: [entry({ line: 1 })] },
        {
          path: "src/left.ts",
          status: "unchanged",
          findings: [left(4, "escapes-field"), left(9, "detached")],
        },
        {
          path: "src/other.ts",
          status: "unchanged",
          findings: [left(2, "escapes-field"), entry({ line: 7, level: "likely" })],
        },
        {
          path: "src/bad.ts",
          status: "failed",
          error: { stage: "parse", message: "Unexpected token (3:1)" },
          findings: [],
        },
      ],
      summary: {
        files: 12,
        candidates: 4,
        applied: 1,
        changed: 1,
        failed: 1,
        byVerdict: { field: 3, root: 2 },
        byReason: { "escapes-field": 2, detached: 1 },
        byKind: { "child-process": 5 },
        suppressed: 0,
        inBaseline: 0,
      },
      remarks: [],
      baseline: null,
      timings: { discover: 12.3, analyse: 1000 },
    });
  });

  test("the status says whether it was written; in a check the findings decide", () => {
    const statusIn = (mode: "write" | "check", file: FileOutcome): unknown => {
      const content: { files: { status: unknown }[] } = JSON.parse(json(report([file], { mode })));
      return content.files[0]?.status;
    };
    expect(statusIn("write", changed("a.ts", "a", "b"))).toBe("changed");
    expect(statusIn("check", { status: "unchanged", file: "a.ts", findings: [finding()] })).toBe(
      "would-change",
    );
    expect(
      statusIn("check", { status: "unchanged", file: "a.ts", findings: [finding({ level: "unsafe" })] }),
    ).toBe("unchanged");
  });
});

function entry(changes: object): object {
  const { line = 1 } = { line: 1, ...changes };
  return {
    fingerprint: `spawn:serve:${String(line)}`,
    kind: "child-process",
    api: "node:child_process#spawn",
    transform: "spawn",
    line,
    column: 3,
    endLine: line,
    endColumn: 8,
    symbol: "serve",
    verdict: "root",
    level: "safe",
    action: "rewrite",
    fix: "root",
    message: `The child on line ${String(line)} outlives an interrupted program.`,
    status: "new",
    ...changes,
  };
}

function left(line: number, reason: string): object {
  return entry({ line, verdict: "field", action: "leave", fix: undefined, reason });
}

test("a suggested command repeats the arguments without the mode, quoted", () => {
  expect(suggestedArguments(["--check", "src", "--ignore", "it's *.ts", "-d"])).toBe(
    " src --ignore 'it'\\''s *.ts'",
  );
  expect(suggestedArguments([])).toBe("");
});
