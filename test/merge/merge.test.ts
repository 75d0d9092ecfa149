import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { json } from "../../src/reporters/json.js";
import { run } from "../../src/run.js";
import { command } from "../support/command.js";
import { git, optionsFor, put, repository } from "../support/project.js";

const writer = (name: string): string =>
  `import { writeFileSync } from "node:fs";\n\nexport function ${name}(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`;
const files = {
  "package.json": `{ "name": "harbour", "type": "module" }\n`,
  "api/start.ts": `import { spawn } from "node:child_process";\n\nexport function start(name: string) {\n  return spawn(name, ["--port", "80"]);\n}\n`,
  "api/index.ts": `export { start } from "./start.js";\n`,
  "lib/log.ts": writer("log"),
  "lib/ports.ts": writer("ports"),
  "web/again.ts": `import { start } from "../api/index.js";\n\nexport const again = (name: string) => start(name);\n`,
  "web/serve.ts": `import { again } from "./again.js";\n\nexport function serve(): void {\n  const child = again("serve");\n  child.stdout.on("data", String);\n}\n`,
  "zone/plain.ts": "export const zone = 1;\n",
};

/** The reports of all parts, in files beside the project. */
async function parts(root: string, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, i) => `${root}-${String(i + 1)}.json`);
  onTestFinished(() => names.forEach((name) => rmSync(name, { force: true })));
  for (const [i, name] of names.entries()) {
    const report = await run(optionsFor(root, { mode: "check", shard: { index: i + 1, count } }));
    expect(report.exitCode).toBe(0);
    writeFileSync(name, json(report));
  }
  return names;
}

function withoutTimes(text: string): unknown {
  return { ...JSON.parse(text), timings: null };
}

describe("parts of a check, put together", () => {
  test.each([1, 2, 3, 5, 9])("%i of them say what one run says", { timeout: 120_000 }, async (count) => {
    const root = repository(files);
    const whole = command(root, "--check", "--reporter", "json");
    const merged = command(root, "merge", ...(await parts(root, count)).toReversed(), "--reporter", "json");
    expect(JSON.parse(whole.stdout).summary.byVerdict).toEqual({ local: 2, "moved-out": 2, root: 1 });
    expect(withoutTimes(merged.stdout)).toEqual(withoutTimes(whole.stdout));
    expect([merged.status, merged.stderr]).toEqual([1, ""]);
  });

  test("a part says how much it has seen, and passes no judgement", () => {
    const root = repository(files);
    const { status, stdout } = command(root, "--check", "--shard", "1/2", "--reporter", "json=part.json");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Part 1 of 2: \d+ sites? in \d+ files?\. npx resource-codemod merge/);
  });

  test("a site that moved to another part is still the one that the baseline accepts; another one is new", async () => {
    const root = repository(files);
    command(root, "--update-baseline");
    git(root, "add", "-A");
    git(root, "mv", "lib/log.ts", "zone/log.ts");
    expect(command(root, "merge", ...(await parts(root, 3))).status).toBe(0);
    put(root, { "lib/other.ts": writer("other") });
    const { status, stdout } = command(root, "merge", ...(await parts(root, 3)));
    expect(status).toBe(1);
    expect(stdout).toContain("lib/other.ts:4");
    expect(stdout).not.toContain("--shard");
  });

  test("a baseline can be made of the whole", async () => {
    const root = repository(files);
    expect(command(root, "merge", ...(await parts(root, 2)), "--update-baseline").status).toBe(0);
    const kept = readFileSync(join(root, "resource-codemod-baseline.txt"), "utf8");
    expect(command(root, "--update-baseline").status).toBe(0);
    expect(readFileSync(join(root, "resource-codemod-baseline.txt"), "utf8")).toBe(kept);
  });

  test("a file that cannot be processed is exit code 2 in its part and in the whole", () => {
    const root = repository({
      ...files,
      "lib/broken.ts": `import { spawn } from "node:child_process";\nspawn(;\n`,
    });
    const codes = [1, 2].map(
      (i) =>
        command(root, "--check", "--shard", `${String(i)}/2`, "--reporter", `json=part-${String(i)}.json`)
          .status,
    );
    expect(codes.toSorted()).toEqual([0, 2]);
    const merged = command(root, "merge", "part-1.json", "part-2.json");
    expect(merged.status).toBe(2);
    expect(merged.stdout).toContain("lib/broken.ts (parse)");
  });
});

describe("what cannot be put together", () => {
  const refused = (root: string, args: readonly string[]): string => {
    const { status, stderr } = command(root, ...args);
    expect(status).toBe(2);
    return stderr;
  };

  test("parts that are missing, twice there, or of different checks", async () => {
    const root = repository(files);
    const [one = "", two = "", three = ""] = await parts(root, 3);
    expect(refused(root, ["merge", one, three])).toContain(
      "2/3 is missing.\nGive the reports of all 3 parts.",
    );
    expect(refused(root, ["merge", one, two, two])).toContain("are both part 2/3");
    const [half = ""] = await parts(root, 2);
    expect(refused(root, ["merge", half, two, three])).toMatch(/is one of 2 parts, and .* one of 3/);
    await parts(root, 3);
    put(root, { "lib/new.ts": writer("fresh") });
    writeFileSync(two, json(await run(optionsFor(root, { mode: "check", shard: { index: 2, count: 3 } }))));
    expect(refused(root, ["merge", one, two, three])).toContain(
      "Run all parts on the same commit, with the same flags.",
    );
  });

  test("files that are no report of a part", async () => {
    const root = repository({
      ...files,
      "text.json": "no",
      "other.json": "[]",
      "old.json": `{ "version": 1, "tool": "0.0.1" }`,
    });
    command(root, "--check", "--reporter", "json=whole.json");
    expect(refused(root, ["merge"])).toContain("merge needs the reports of all parts.");
    expect(refused(root, ["merge", "absent.json"])).toContain("absent.json cannot be read");
    expect(refused(root, ["merge", "text.json"])).toContain("text.json is not JSON");
    expect(refused(root, ["merge", "other.json"])).toContain("is no JSON report of resource-codemod");
    expect(refused(root, ["merge", "old.json"])).toContain("was made by version 0.0.1");
    expect(refused(root, ["merge", "whole.json"])).toContain("is the report of a whole run");
    const [one = ""] = await parts(root, 1);
    const { part, ...rest } = JSON.parse(readFileSync(one, "utf8"));
    put(root, { "cut.json": JSON.stringify({ ...rest, part: { ...part, files: undefined } }) });
    expect(refused(root, ["merge", "cut.json"])).toContain("cut.json is incomplete");
  });

  test.each([
    [["--check", "--shard", "0/2", "--reporter", "json"], "is no part of a whole"],
    [["--check", "--shard", "3/2", "--reporter", "json"], "is no part of a whole"],
    [["--check", "--shard", "half", "--reporter", "json"], "Expected i/n such as 1/4"],
    [["--dry", "--shard", "1/2", "--reporter", "json"], "--shard is for --check"],
    [["--update-baseline", "--shard", "1/2", "--reporter", "json"], "a baseline is made of the whole"],
    [["--check", "--shard", "1/2"], "Add --reporter json=shard-1.json"],
  ])("%j", (args, message) => {
    expect(refused(repository(files), args)).toContain(message);
  });
});
