import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/run.js";
import type { BaselineOptions, Options, RunReport } from "../../src/types.js";
import { optionsFor, project, put } from "../support/project.js";

const name = "resource-codemod-baseline.txt";
const saves = (...paths: readonly string[]): string =>
  `import { writeFileSync } from "node:fs";\n${paths.map((path) => `\nexport function ${path}(text: string): void {\n  writeFileSync("${path}.txt", text);\n}\n`).join("")}`;

type Settings = Partial<Options> & { readonly action?: BaselineOptions["action"]; readonly strict?: boolean };

async function check(
  root: string,
  { action = "use", strict = false, ...rest }: Settings = {},
): Promise<RunReport> {
  const baseline = { file: join(root, name), action, strict };
  return run(optionsFor(root, { mode: "check", baseline, ...rest }));
}

async function withBaseline(files: Readonly<Record<string, string>>): Promise<string> {
  const root = project(files);
  await check(root, { action: "update" });
  return root;
}

const fresh = (report: RunReport): readonly string[] =>
  report.files.flatMap(({ file, findings }) =>
    findings
      .filter(({ standing }) => standing.is === "new")
      .map(({ acquisition }) => `${file}:${acquisition.symbol}`),
  );
const stale = (report: RunReport): readonly string[] =>
  (report.baseline?.stale ?? []).map(({ file }) => file);

describe("a baseline accepts what was there", () => {
  test("one sorted line a site", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port", "host"), "src/b.ts": saves("upload") });
    const lines = readFileSync(join(root, name), "utf8").split("\n").slice(3, -1);
    expect(lines).toEqual([...lines].sort());
    expect(lines.map((line) => line.replace(/^[0-9a-f]{16} {2}/, "")).sort()).toEqual(
      ["src/a.ts  file-write  inert", "src/a.ts  file-write  inert", "src/b.ts  file-write  inert"].map(
        (line) => line.replace("inert", lines[0]?.split("  ").at(-1) ?? ""),
      ),
    );
    expect(await check(root)).toMatchObject({ exitCode: 0, baseline: { accepted: 3, stale: [] } });
  });

  test("and a write still mends it", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port") });
    const baseline = { file: join(root, name), action: "use", strict: false } as const;
    const report = await run(optionsFor(root, { mode: "dry", baseline }));
    expect(report.files.map(({ status }) => status)).toEqual(["changed"]);
  });

  test("wherever the code moves in its file, and however it is laid out", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port", "host") });
    put(root, {
      "src/a.ts": `// moved\n${saves("host", "port").replace('"port.txt", text', '\n    "port.txt",\n    text,\n  ')}`,
    });
    expect(await check(root)).toMatchObject({ exitCode: 0, baseline: { accepted: 2, stale: [] } });
  });

  test("in a renamed file, and in another file", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port"), "src/b.ts": saves("host") });
    renameSync(join(root, "src/a.ts"), join(root, "src/c.ts"));
    put(root, { "src/b.ts": "export {};\n", "lib/d.ts": saves("host") });
    expect(await check(root)).toMatchObject({ exitCode: 0, baseline: { accepted: 2, stale: [] } });
  });

  test("not in a second place", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port") });
    put(root, { "src/b.ts": saves("port") });
    const report = await check(root);
    expect(report.exitCode).toBe(1);
    expect(fresh(report)).toEqual(["src/b.ts:port"]);
  });

  test("not what takes the place of a mended site", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port") });
    put(root, { "src/a.ts": saves("host") });
    const report = await check(root);
    expect(report.exitCode).toBe(1);
    expect(fresh(report)).toEqual(["src/a.ts:host"]);
    expect(stale(report)).toEqual(["src/a.ts"]);
  });
});

describe("a line whose site is gone", () => {
  test("is named, is an error under strict-baseline, and is dropped by pruning", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port", "host") });
    put(root, { "src/a.ts": saves("port") });
    expect(await check(root)).toMatchObject({ exitCode: 0 });
    expect(stale(await check(root))).toEqual(["src/a.ts"]);
    expect(await check(root, { strict: true })).toMatchObject({ exitCode: 2 });
    await check(root, { action: "prune" });
    expect(await check(root, { strict: true })).toMatchObject({ exitCode: 0, baseline: { accepted: 1 } });
  });

  test("pruning accepts nothing new", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port") });
    put(root, { "src/a.ts": saves("port", "host") });
    expect(await check(root, { action: "prune" })).toMatchObject({ exitCode: 1 });
    expect(fresh(await check(root))).toEqual(["src/a.ts:host"]);
  });

  test("of a deleted file", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port"), "src/b.ts": saves("host") });
    rmSync(join(root, "src/a.ts"));
    expect(stale(await check(root))).toEqual(["src/a.ts"]);
  });

  test("is not told from a file that was not looked at", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port"), "lib/b.ts": saves("host") });
    expect(stale(await check(root, { paths: ["lib"] }))).toEqual([]);
    put(root, { "lib/c.ts": saves("port") });
    expect(fresh(await check(root, { paths: ["lib"] }))).toEqual(["lib/c.ts:port"]);
    await check(root, { paths: ["lib"], action: "update" });
    expect(await check(root)).toMatchObject({ exitCode: 0, baseline: { accepted: 3, stale: [] } });
  });

  test("nor from one that a higher level would change", async () => {
    const floating = `import { spawn } from "node:child_process";\n\nexport function open(url: string): void {\n  spawn("viewer", [url]);\n}\n`;
    const root = project({ "src/a.ts": floating });
    await check(root, { action: "update", safety: "likely" });
    expect(await check(root, { strict: true })).toMatchObject({ exitCode: 0, baseline: { accepted: 1 } });
  });

  test("nor from one in a file that cannot be parsed", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port"), "src/b.ts": saves("host") });
    put(root, { "src/a.ts": `${saves("port")}\nfunction (` });
    const report = await check(root);
    expect(report.exitCode).toBe(2);
    expect(stale(report)).toEqual([]);
    expect((await check(root, { action: "update" })).baseline?.accepted).toBe(1);
    put(root, { "src/a.ts": saves("port") });
    expect(await check(root)).toMatchObject({ exitCode: 0 });
  });
});

describe("a baseline that is none", () => {
  test.each([
    ["another version", "# resource-codemod baseline, version 9\n", /another version/],
    ["a merge conflict", "<<<<<<< HEAD\n", /:1 has a merge conflict/],
    ["another text", "{}\n", /:1 is not a line of a baseline: "\{\}"/],
    ["a short fingerprint", "abc  src/a.ts  file-write  inert\n", /not a line/],
  ])("%s", async (_, text, message) => {
    const root = project({ "src/a.ts": saves("port"), [name]: text });
    await expect(check(root)).rejects.toThrow(message);
    expect(readFileSync(join(root, name), "utf8")).toBe(text);
  });

  test("a file whose name has spaces and line breaks comes back", async () => {
    const root = await withBaseline({ "src/a  b\n%0A.ts": saves("port") });
    expect(await check(root)).toMatchObject({ exitCode: 0, baseline: { accepted: 1, stale: [] } });
  });

  test("lines of Windows, as git may write them", async () => {
    const root = await withBaseline({ "src/a.ts": saves("port") });
    const text = readFileSync(join(root, name), "utf8");
    writeFileSync(join(root, name), text.replaceAll("\n", "\r\n"));
    expect(await check(root)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(root, name))).toBe(true);
  });
});

/** What a project holds: functions by file. */
type Tree = Map<string, string[]>;

describe("over random histories", () => {
  const seeds = Array.from({ length: Number(process.env["RATCHET_SEEDS"] ?? 12) }, (_, i) => i + 1);
  test.each(seeds)(
    "history %i: exactly what was added is new, exactly what was mended is gone",
    async (seed) => {
      const random = generator(seed);
      let next = 0;
      const named = (): string => `site${String(next++)}`;
      const tree: Tree = new Map([1, 2, 3, 4].map((i) => [`src/f${String(i)}.ts`, [named(), named()]]));
      const root = await withBaseline(written(tree));
      let files = [...tree.keys()];
      const added = new Set<string>();
      const mended = new Set<string>();
      for (let step = 0; step < 8; step++) {
        const change = pick(["add", "mend", "move", "rename", "shuffle"] as const, random);
        apply(change, { tree, random, named, added, mended });
      }
      for (const file of files) rmSync(join(root, file));
      put(root, written(tree));
      files = [...tree.keys()];
      const report = await check(root);
      expect(new Set(fresh(report).map((one) => one.split(":")[1]))).toEqual(added);
      expect(report.baseline?.stale).toHaveLength(mended.size);
      expect(report.exitCode).toBe(added.size > 0 ? 1 : 0);
    },
  );
});

interface History {
  readonly tree: Tree;
  readonly random: () => number;
  readonly named: () => string;
  readonly added: Set<string>;
  readonly mended: Set<string>;
}

function apply(
  change: "add" | "mend" | "move" | "rename" | "shuffle",
  { tree, random, named, added, mended }: History,
): void {
  const file = pick([...tree.keys()], random);
  const sites = tree.get(file) ?? [];
  if (change === "add") {
    const site = named();
    sites.unshift(site);
    added.add(site);
  } else if (change === "shuffle") sites.reverse();
  else if (change === "rename") {
    tree.delete(file);
    tree.set(file.replace(/(\d+)(x*)/, "$1$2x"), sites);
  } else {
    const site = sites.pop();
    if (site === undefined) return;
    if (change === "move") tree.get(pick([...tree.keys()], random))?.push(site);
    else if (!added.delete(site)) mended.add(site);
  }
}

function written(tree: Tree): Record<string, string> {
  return Object.fromEntries([...tree].map(([file, sites]) => [file, saves(...sites)]));
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** A small generator of numbers in [0, 1) that depends on its seed alone. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
