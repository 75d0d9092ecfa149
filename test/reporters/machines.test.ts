import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as core from "@actions/core";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test, vi } from "vitest";
import { github } from "../../src/reporters/github.js";
import { gitlab } from "../../src/reporters/gitlab.js";
import { hunksOf } from "../../src/reporters/hunks.js";
import { jsonl } from "../../src/reporters/jsonl.js";
import { junit } from "../../src/reporters/junit.js";
import { markdown } from "../../src/reporters/markdown.js";
import { sarif } from "../../src/reporters/sarif.js";
import { run } from "../../src/run.js";
import type { Options, RunReport } from "../../src/types.js";
import { optionsFor, project } from "../support/project.js";

const resolve = createRequire(import.meta.url).resolve;
const ignore = '// resource-codemod-ignore-next-line file-write: a <cache> & "more", 100%';
const saves = (name: string, comment = ""): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function ${name}(text: string): void {\n  ${comment}\n  writeFileSync("${name}.txt", text);\n}\n`;

/** A project with a site of each sort: open, held back, left, suppressed, in a file that does not parse. */
const files = {
  "src/odd, name: 100%#é.ts": saves("port"),
  "src/two.ts": `${saves("host")}\nexport function other(text: string): void {\n  writeFileSync(\n    "other.txt",\n    text,\n  );\n}\n`,
  "src/accepted.ts": saves("upload", ignore),
  "src/left.ts": `import { execSync } from "node:child_process";\nexport const version = execSync("git --version");\n`,
  "src/broken.ts": `${saves("broken")}\nfunction (`,
};

async function reportOf(changes: Partial<Options> = {}): Promise<RunReport> {
  return run(optionsFor(project(files), changes));
}

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly Result[];
      readonly invocations: readonly [
        { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly unknown[] },
      ];
    },
  ];
}
interface Result {
  readonly ruleId: string;
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
  ];
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly fixes?: readonly [
    {
      readonly artifactChanges: readonly [
        {
          readonly artifactLocation: { readonly uri: string };
          readonly replacements: readonly {
            readonly deletedRegion: { readonly startLine: number; readonly endLine: number };
            readonly insertedContent?: { readonly text: string };
          }[];
        },
      ];
    },
  ];
}

describe("SARIF", () => {
  const schema: object = JSON.parse(
    readFileSync(join(resolve("schemastore/package.json"), "../schemas/json/sarif-2.1.0.json"), "utf8"),
  ) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  test.each(["dry", "check"] as const)("is valid after --%s", async (mode) => {
    const report = await reportOf({ mode });
    const log: unknown = JSON.parse(sarif(report));
    expect(validate(log), JSON.stringify(validate.errors, null, 2)).toBe(true);
    expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
  });

  test("names each site that the level changes, and what accepts it", async () => {
    const log = JSON.parse(sarif(await reportOf())) as Log;
    const [{ results, invocations }] = log.runs;
    expect(
      results.map(({ locations: [one] }) => decodeURIComponent(one.physicalLocation.artifactLocation.uri)),
    ).toEqual(["src/accepted.ts", "src/odd, name: 100%#é.ts", "src/two.ts", "src/two.ts"]);
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: "inSource", justification: 'a <cache> & "more", 100%' }],
      undefined,
      undefined,
      undefined,
    ]);
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(1);
  });

  test("the fixes make the new text", async () => {
    const report = await reportOf();
    const log = JSON.parse(sarif(report)) as Log;
    const changed = report.files.flatMap((file) => (file.status === "changed" ? [file] : []));
    expect(changed).toHaveLength(2);
    for (const { file, before, after } of changed) {
      const own = log.runs[0].results.find(({ fixes }) => {
        return decodeURIComponent(fixes?.[0].artifactChanges[0].artifactLocation.uri ?? "") === file;
      });
      const replacements = own?.fixes?.[0].artifactChanges[0].replacements ?? [];
      const lines = before.split(/(?<=\n)/);
      for (const { deletedRegion, insertedContent } of [...replacements].reverse()) {
        const { startLine, endLine } = deletedRegion;
        lines.splice(startLine - 1, endLine - startLine, insertedContent?.text ?? "");
      }
      expect(lines.join("")).toBe(after);
    }
  });

  test("a check has no fixes", async () => {
    const log = JSON.parse(sarif(await reportOf({ mode: "check" }))) as Log;
    expect(log.runs[0].results.filter(({ fixes }) => fixes !== undefined)).toEqual([]);
    expect(log.runs[0].results).toHaveLength(4);
  });
});

test.each([
  ["a\nb\nc\n", "a\nx\nb\nc\n"],
  ["a\nb\nc\n", "x\na\nb\n"],
  ["a\nb", "a\nb\n"],
  ["a\r\nb\r\n", "a\r\nc\r\n"],
  ["", "a\n"],
  ["a\nb\nc\nd\n", "b\nx\nd\ne\n"],
])("hunks of %j make %j", (before, after) => {
  const lines = before.split(/(?<=\n)/);
  for (const { start, count, text } of [...hunksOf(before, after)].reverse())
    lines.splice(start - 1, count, text);
  expect(lines.join("")).toBe(after);
});

describe("GitHub", () => {
  test("says what @actions/core says", async () => {
    const report = await reportOf({ mode: "check" });
    const written: string[] = [];
    const spy = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => written.push(String(text)) > 0);
    for (const file of report.files) {
      if (file.status === "failed")
        core.error(file.error, { title: "Could not be processed (parse)", file: file.file });
      for (const { acquisition, message, standing, decision } of file.findings) {
        if (decision.action === "leave" || standing.is !== "new") continue;
        const { line, endLine, column, endColumn } = acquisition;
        core.error(message, {
          title: "Unmanaged file write (writeFileSync)",
          file: file.file,
          startLine: line,
          endLine,
          ...(line === endLine ? { startColumn: column, endColumn } : {}),
        });
      }
    }
    spy.mockRestore();
    const sorted = (text: string): readonly string[] => text.split("\n").sort();
    expect(sorted(github(report))).toEqual(sorted(written.join("").replaceAll("\r\n", "\n")));
    expect(written).toHaveLength(4);
  });

  test("a dry run warns, and more than GitHub shows is said", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [`f${String(i)}.ts`, saves("port")]),
    );
    const lines = github(await run(optionsFor(project(many))))
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(11);
    expect(lines.at(-1)).toBe(
      "::notice title=resource-codemod::11 unmanaged resources; GitHub shows the first 10, the log shows all.",
    );
  });
});

test("GitLab: all fields that its code quality report needs, each fingerprint once", async () => {
  const issues = JSON.parse(gitlab(await reportOf({ mode: "check" }))) as readonly Record<string, unknown>[];
  const validate = new Ajv().compile({
    type: "array",
    items: {
      type: "object",
      required: ["description", "check_name", "fingerprint", "severity", "location"],
      properties: {
        severity: { enum: ["info", "minor", "major", "critical", "blocker"] },
        location: {
          type: "object",
          required: ["path", "lines"],
          properties: {
            path: { type: "string", not: { pattern: "^\\./" } },
            lines: {
              type: "object",
              required: ["begin"],
              properties: { begin: { type: "integer", minimum: 1 } },
            },
          },
        },
      },
    },
  });
  expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
  expect(issues.map(({ severity }) => severity)).toEqual(["blocker", "major", "major", "major"]);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
});

describe("JUnit", () => {
  test("is XML, and its counts are those of its cases", async () => {
    const text = junit(await reportOf({ mode: "check" }));
    expect(XMLValidator.validate(text)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(text) as {
      readonly testsuites: Readonly<Record<string, string>> & {
        readonly testsuite: readonly { readonly "@_name": string; readonly testcase: unknown }[];
      };
    };
    const { testsuites } = parsed;
    expect(testsuites).toMatchObject({
      "@_tests": "6",
      "@_failures": "3",
      "@_errors": "1",
      "@_skipped": "1",
    });
    expect(testsuites.testsuite.map((suite) => suite["@_name"])).toContain("src/odd, name: 100%#é.ts");
    expect(text.match(/<failure /g)).toHaveLength(3);
    expect(text).toContain('<skipped message="a &lt;cache&gt; &amp; &quot;more&quot;, 100%"/>');
  });

  test("control characters, which XML cannot hold, are replaced", async () => {
    const report = await reportOf();
    const odd = { ...report, files: [{ ...report.files[0], file: "a\u0000\u001bb.ts" }] } as RunReport;
    expect(XMLValidator.validate(junit(odd))).toBe(true);
  });
});

test("JSON lines: a record for each site and failure, the sums at the end", async () => {
  const records = jsonl(await reportOf())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly type: string; readonly path?: string });
  expect(records.map(({ type }) => type)).toEqual([
    ...Array<string>(5).fill("finding"),
    "failure",
    "summary",
  ]);
  expect(records.at(-1)).toMatchObject({ version: 1, exitCode: 2, changed: 2, suppressed: 1, failed: 1 });
});

describe("Markdown", () => {
  test("says what changed for each kind, what was left and why, and how to review", async () => {
    const text = markdown(await reportOf());
    expect(text).toMatch(
      /^## Would release 3 unmanaged resources in 2 files\n\nLooked at 5 files and 5 sites, 1 left as they are, 1 suppressed\.\n/,
    );
    expect(text).toContain("<details><summary>File write: 3 sites</summary>");
    expect(text).toContain("| `src/odd, name: 100%#é.ts:5` | `writeFileSync` | safe |");
    expect(text).toContain("| 1 | `synchronous` | The call blocks until the child has ended");
    expect(text).toContain("- `src/broken.ts` (parse): ");
    expect(text).toContain("### How to review");
  });

  test("a check names what is new and the commands", async () => {
    const text = markdown(await reportOf({ mode: "check" }));
    expect(text).toMatch(/^## 3 unmanaged resources in 2 files\n/);
    expect(text).toContain("### What is new");
    expect(text).toContain("`npx resource-codemod --update-baseline`");
  });

  test("text of others makes neither tables nor markup", async () => {
    const report = await reportOf();
    const { files: outcomes } = report;
    const text = markdown({
      ...report,
      files: outcomes.map((file) =>
        file.status === "failed" ? { ...file, file: "a|`b`.ts", error: "<b>|@someone *x*" } : file,
      ),
    });
    expect(text).toContain("- ``a\\|`b`.ts`` (parse): \\<b\\>\\|&#64;someone \\*x\\*");
  });
});

test("nothing found, nothing left: still a report of each form", async () => {
  const report = await run(optionsFor(project({ "a.ts": "export {};\n" }), { mode: "check" }));
  expect(markdown(report)).toMatch(/^## No unmanaged resource needs changing/);
  expect(github(report)).toBe("");
  expect(JSON.parse(gitlab(report))).toEqual([]);
  expect(XMLValidator.validate(junit(report))).toBe(true);
  expect((JSON.parse(sarif(report)) as Log).runs[0].results).toEqual([]);
});
