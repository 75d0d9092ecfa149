import { describe, expect, test } from "vitest";
import { run } from "../../src/run.js";
import type { RunReport } from "../../src/types.js";
import { optionsFor, project } from "../support/project.js";

const ignore = "resource-codemod-ignore";
const file = (comment: string): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function save(port: string): void {\n  ${comment}\n  writeFileSync("port.txt", port);\n}\n`;

async function reportOf(text: string): Promise<RunReport> {
  return run(optionsFor(project({ "src/save.ts": text }), { mode: "check" }));
}

async function standingOf(text: string): Promise<string | undefined> {
  return (await reportOf(text)).files[0]?.findings[0]?.standing.is;
}

describe("a comment accepts", () => {
  test.each([
    ["a transform on the next line", file(`// ${ignore}-next-line file-writes: read by nobody else`)],
    ["a kind on the next line", file(`// ${ignore}-next-line file-write: read by nobody else`)],
    ["one of several", file(`// ${ignore}-next-line spawn, file-write: read by nobody else`)],
    ["in a block comment", file(`/* ${ignore}-next-line file-write: read by nobody else */`)],
    ["over other comments", file(`// ${ignore}-next-line file-write: read by nobody else\n  // the port`)],
    ["a whole file", `// ${ignore}-file file-write: a cache\n${file("")}`],
    [
      "a call further down in the statement",
      `import { writeFileSync } from "node:fs";\n\nexport function save(port: string): void {\n  // ${ignore}-next-line file-write: a cache\n  void [\n    writeFileSync("port.txt", port),\n  ];\n}\n`,
    ],
  ])("%s", async (_, text) => {
    const report = await reportOf(text);
    expect(report.remarks).toEqual([]);
    expect(report.files[0]?.findings[0]?.standing.is).toBe("suppressed");
    expect(report.exitCode).toBe(0);
  });

  test("and the site is not rewritten, nor reported as a change", async () => {
    const root = project({ "src/save.ts": file(`// ${ignore}-next-line file-write: a cache`) });
    const report = await run(optionsFor(root, { mode: "dry" }));
    expect(report.files.map(({ status }) => status)).toEqual(["unchanged"]);
  });
});

describe("a comment accepts nothing", () => {
  test.each([
    ["without a reason", `// ${ignore}-next-line file-write`, /gives no reason/],
    ["with an empty reason", `// ${ignore}-next-line file-write: `, /gives no reason/],
    ["without a name", `// ${ignore}-next-line: a cache`, /names no transform/],
    [
      "with an unknown name",
      `// ${ignore}-next-line file-writs: a cache`,
      /Unknown .*Did you mean file-writes\?/,
    ],
    ["in an unknown form", `// ${ignore} file-write: a cache`, /Not understood/],
    ["of another kind", `// ${ignore}-next-line spawn: a cache`, /accepts nothing: no spawn/],
  ])("%s", async (_, comment, message) => {
    const report = await reportOf(file(comment));
    expect(report.files[0]?.findings[0]?.standing.is).toBe("new");
    expect(report.exitCode).toBe(1);
    expect(report.remarks).toEqual([
      { file: "src/save.ts", line: 4, message: expect.stringMatching(message) as string },
    ]);
  });

  test("two lines above", async () => {
    const text = file(`// ${ignore}-next-line file-write: a cache\n  const name = "port.txt";\n  void name;`);
    expect(await standingOf(text)).toBe("new");
  });

  test("in a text that only looks like one", async () => {
    const report = await reportOf(file(`const help = "// ${ignore}-next-line file-write: a cache";`));
    expect(report.remarks).toEqual([]);
    expect(report.exitCode).toBe(1);
  });

  test("in a file that acquires nothing, and is told so", async () => {
    const report = await reportOf(`// ${ignore}-next-line spawn: gone long ago\nexport const port = 1;\n`);
    expect(report.remarks).toHaveLength(1);
    expect(report.exitCode).toBe(0);
  });
});
