import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explain } from "../../src/explain/index.js";
import { run } from "../../src/run.js";
import { textOf, words } from "../../src/explain/page.js";
import { parseTarget } from "../../src/explain/target.js";
import { explainJson } from "../../src/reporters/explain-json.js";
import { explainPretty } from "../../src/reporters/explain.js";
import { colorsFor, type Style } from "../../src/reporters/style.js";
import type { Options } from "../../src/types.js";
import { command } from "../support/command.js";
import { optionsFor, repository } from "../support/project.js";

const plain: Style = { colors: colorsFor(false), verbosity: "normal", timings: false, command: "" };

const thumbnails = `import { spawn, fork } from "node:child_process";
import { once } from "node:events";
import { access, writeFile } from "node:fs/promises";

export async function thumbnail(input: string): Promise<void> {
  const child = spawn("convert", [input, "-thumbnail", "200x200"]);
  await access(input);
  await once(child, "close");
}

export function worker(script: string) {
  return fork(script);
}

export function daemon(): void {
  spawn("convertd", { detached: true }).unref();
}

export const note = (text: string): Promise<void> => writeFile("log.txt", text, { flag: "a" });
`;
const sample = (): string =>
  repository({
    "package.json": `{ "name": "sample", "type": "module", "engines": { "node": ">=24" } }\n`,
    "src/thumbnails.ts": thumbnails,
    "src/port.ts": "export const port = 8080;\n",
    "src/broken.ts": `import { spawn } from "node:child_process";\nspawn("ls"\n`,
    "test/thumbnails.test.ts": `import { spawn } from "node:child_process";\nspawn("ls");\n`,
  });

async function told(place: string, changes: Partial<Options> = {}): Promise<string> {
  return explainPretty(await at(place, changes), plain);
}

function at(place: string, changes: Partial<Options> = {}): ReturnType<typeof explain> {
  const target = parseTarget(place);
  if ("fingerprint" in target) throw new Error(`${place} is no place.`);
  return explain(optionsFor(sample(), changes), target, () => undefined);
}

describe("a site that is rewritten", () => {
  test("verdict, level, the path that leaks line by line, what was tried, the diff of this site", async () => {
    const text = await told("src/thumbnails.ts:6");
    expect(text).toContain("src/thumbnails.ts:6:17  node:child_process#spawn (child-process) in thumbnail");
    expect(text).toContain("Verdict   local: The function that acquires it owns it");
    expect(text).toContain("Level     safe: only error and exit paths change");
    expect(text).toMatch(
      />\s+6 \| {3}const child = spawn\(.*\n\s+\^ acquires: spawn\(.*\n>\s+7 \| {3}await access\(input\);\n\s+\^ may throw: access\(input\)/,
    );
    expect(text).toContain("  yes  F1 scope ");
    expect(text).toContain("  -    F6 root       Not needed: F1 fits.");
    expect(text).toMatch(/What would be written\n--- a\/src\/thumbnails\.ts\n/);
    expect(text).toContain("const child = ctx.process(spawn(");
    expect(text).not.toContain('writeFile("log.txt"');
  });

  test("above the chosen level it is held back, and its diff is there all the same", async () => {
    const root = repository({
      "src/fire.ts": `import { spawn } from "node:child_process";\nexport function fire(): void {\n  spawn("fire");\n}\n`,
    });
    const text = explainPretty(
      await explain(optionsFor(root), { file: "src/fire.ts", line: 3 }, () => undefined),
      plain,
    );
    expect(text).toContain("Held back: this run stops at level safe. What --safety likely would write\n---");
    expect(text).toContain('+  ResourceContext.root.process(spawn("fire"));');
  });
});

describe("a site that somebody has accepted", () => {
  const fire = (comment: string): string =>
    `import { spawn } from "node:child_process";\nexport function fire(): void {\n${comment}  spawn("fire");\n}\n`;
  const explained = async (root: string, changes: Partial<Options>): Promise<string> =>
    explainPretty(
      await explain(
        optionsFor(root, { safety: "likely", ...changes }),
        { file: "src/fire.ts", line: 4 },
        () => undefined,
      ),
      plain,
    );

  test("by a comment: its reason, and what would be written without it", async () => {
    const comment = "  // resource-codemod-ignore-next-line spawn: it burns out by itself\n";
    const text = await explained(repository({ "src/fire.ts": fire(comment) }), {});
    expect(text).toContain("Accepted  by a comment above it, so no run changes it: it burns out by itself");
    expect(text).toContain("left as it is. What --safety likely would write without the comment\n---");
    expect(text).toContain('+  ResourceContext.root.process(spawn("fire"));');
    expect(text).not.toMatch(/What would be written|Held back/);
  });

  test("by the baseline: its name, and what --write does all the same", async () => {
    const root = repository({ "src/fire.ts": fire("\n"), "src/light.ts": fire("") });
    const file = join(root, "accepted.txt");
    const at = { baseline: { file, action: "use", strict: false } } as const;
    expect(await explained(root, at)).not.toContain("Accepted");
    const baseline = { file, action: "update", strict: false } as const;
    await run(optionsFor(root, { mode: "check", safety: "likely", paths: ["src/fire.ts"], baseline }));
    const text = await explained(root, at);
    expect(text).toContain(
      "Accepted  by the baseline accepted.txt: --check lets it pass, --write changes it",
    );
    expect(text).toContain("What would be written\n---");
    expect(
      JSON.parse(
        explainJson(await explain(optionsFor(root, at), { file: "src/fire.ts", line: 4 }, () => undefined)),
      ),
    ).toMatchObject({ sites: [{ status: "baseline" }] });
  });
});

describe("a site that is left", () => {
  test("why, why no fix fits, what a human can do, and where to read more", async () => {
    const text = await told("src/thumbnails.ts:16");
    expect(text).toContain("Verdict   daemon: It is meant to be left behind.");
    expect(text).toContain("  no   F1 scope      It is left running on purpose.");
    expect(text).toContain("Left as it is (detached): Started with `detached`");
    expect(text).toContain("What a human can do: Nothing to do if that is meant; else drop `detached`.");
    expect(text).toContain("More: docs/reasons.md#detached");
    expect(text).not.toContain("--- a/");
  });

  test("the engine's own words say why the fix that comes nearest does not fit", async () => {
    const text = await told("src/thumbnails.ts:12");
    expect(text).toContain("Left as it is (escapes-returned)");
    expect(text).toContain(
      "  no   F2 guard      Nothing between acquiring and handing it over is known to fail.",
    );
  });

  test("a file write has one fix, its drop-in replacement", async () => {
    const text = await told("src/thumbnails.ts:19");
    expect(text).toMatch(/What was tried\n {2}no {3}atomic write {2}The file is opened for appending/);
  });
});

describe("where there is nothing to tell", () => {
  test("a line without a site: the nearest one, loudly", async () => {
    const text = await told("src/thumbnails.ts:9");
    expect(text).toMatch(/^Line 9 of src\/thumbnails\.ts has no site\. This is the nearest one that has:\n/);
    expect(text).toContain("src/thumbnails.ts:6:17");
  });

  test.each([
    ["src/thumbnails.ts:20", /has 19 lines, so there is no line 20\.\nExpected a line from 1 to 19/],
    ["src/thumbnails.ts:0", /no line 0\.\nExpected/],
    ["src/none.ts:1", /"src\/none\.ts" is no file in .*\nExpected the path of a source file/],
    ["../x.ts:1", /is no file in/],
    ["src:1", /"src" is no file/],
    ["src/port.ts:1", /src\/port\.ts has no site: nothing in it acquires .*\nThe sites of the project: /],
    ["src/broken.ts:2", /src\/broken\.ts cannot be analysed \(parse\)/],
  ])("%s", async (place, message) => {
    await expect(at(place)).rejects.toThrow(message);
  });

  test.each(["src/run.ts", "12", "src/run.ts:", "src/run.ts:x"])("%s is no place", (given) => {
    expect(() => parseTarget(given)).toThrow(/Expected <file>:<line>/);
  });

  test("a file that a run passes over is told about all the same", async () => {
    expect(await told("test/thumbnails.test.ts:2")).toContain("node:child_process#spawn");
  });
});

test("a column behind the line is read over", () => {
  expect(parseTarget("src/run.ts:12:7")).toEqual({ file: "src/run.ts", line: 12 });
});

test("json has the same facts", async () => {
  const report: unknown = JSON.parse(explainJson(await at("src/thumbnails.ts:8")));
  expect(report).toMatchObject({
    version: 1,
    mode: "explain",
    path: "src/thumbnails.ts",
    line: 8,
    nearest: true,
    sites: [
      {
        line: 6,
        verdict: "local",
        action: "rewrite",
        applied: true,
        leak: [
          { line: 6, does: "acquires" },
          { line: 7, does: "may throw", source: "  await access(input);" },
        ],
        tried: [{ fix: "scope", outcome: "fits" }, {}, {}, {}, {}, { fix: "root", outcome: "not needed" }],
        patch: expect.stringContaining("const child = ctx.process(spawn("),
      },
    ],
  });
});

describe("--explain of a word or a fingerprint", () => {
  const told = (root: string, word: string): { readonly status: number | null; readonly text: string } => {
    const { status, stdout, stderr } = command(root, "--explain", word);
    return { status, text: stdout + stderr };
  };

  test("every verdict, reason, kind and transform has a text of its own", () => {
    const texts = [...words].map(([word, page]) => [word, textOf(page)] as const);
    expect(texts.length).toBeGreaterThan(70);
    for (const [word, text] of texts) expect(text.split("\n")[0]).toContain(word.replace(/s$/, ""));
    expect(new Set(texts.map(([, text]) => text)).size).toBe(texts.length);
  });

  test("the command prints it", () => {
    const root = sample();
    expect(told(root, "escapes-returned").text).toMatch(/^# escapes-returned\n[^]*\*\*What a human can do/);
    expect(told(root, "local").text).toMatch(/^# local\n/);
    expect(told(root, "timer").text).toMatch(/^# timer\n/);
    expect(told(root, "temp-files").text).toMatch(/^# temp-files\n/);
    expect(told(root, "escapes-returnd")).toEqual({
      status: 2,
      text: expect.stringContaining("Did you mean escapes-returned?"),
    });
  });

  test("a fingerprint is told about wherever its site lies", async () => {
    const root = sample();
    const report = await run(optionsFor(root, { mode: "check" }));
    const [first] = report.files.flatMap(({ findings }) => findings);
    const { fingerprint, line } = first?.acquisition ?? { fingerprint: "", line: 0 };
    expect(told(root, fingerprint).text).toContain(`src/thumbnails.ts:${String(line)}`);
    expect(told(root, "0123456789abcdef")).toEqual({
      status: 2,
      text: expect.stringContaining("no site has the fingerprint 0123456789abcdef"),
    });
  });
});
