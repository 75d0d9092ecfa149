import {
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/run.js";
import type { Options, RunReport } from "../../src/types.js";
import { command } from "../support/command.js";
import { git, optionsFor, project, put, repository } from "../support/project.js";

const files = {
  ".gitignore": "node_modules\n",
  "package.json": `{ "name": "harbour", "type": "module", "workspaces": ["packages/*"] }\n`,
  "tsconfig.json": `{ "compilerOptions": { "target": "ES2022" } }\n`,
  "node_modules/typescript/package.json": `{ "version": "5.9.2" }\n`,
  "packages/api/package.json": `{ "name": "@harbour/api" }\n`,
  "packages/api/src/start.ts": `import { spawn } from "node:child_process";\n\nexport function start(name: string) {\n  return spawn(name, ["--port", "80"]);\n}\n`,
  "src/serve.ts": `import { start } from "@harbour/api/start";\n\nexport function serve(): void {\n  const child = start("serve");\n  child.stdout.on("data", String);\n}\n`,
  "src/save.ts": `import { writeFileSync } from "node:fs";\n\nexport function save(path: string, text: string): void {\n  writeFileSync(path, text);\n}\n`,
  "src/plain.ts": "export const port = 80;\n",
  "setup.ts": "export {};\n",
  "vitest.config.ts": `export default { test: { setupFiles: ["./setup.ts"] } };\n`,
  "src/saves.test.ts": `import { save } from "./save.js";\nsave("a", "b");\n`,
};

function cached(root: string, changes: Partial<Options> = {}): Options {
  return optionsFor(root, {
    mode: "check",
    cache: join(root, "node_modules/.cache/resource-codemod"),
    ...changes,
  });
}

/** All that a report says, without how long it took. */
function said(report: RunReport): unknown {
  return { ...report, timings: null };
}

async function isRemembered(options: Options): Promise<boolean> {
  const report = await run(options);
  expect(said(report)).toEqual(said(await run({ ...options, cache: null })));
  return report.timings["load"] === undefined;
}

describe("an unchanged check is remembered", () => {
  test("and says the same as the one before", async () => {
    const root = repository(files);
    const first = await run(cached(root));
    expect(first.files.flatMap((file) => file.findings).length).toBe(3);
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("touching a file changes nothing", async () => {
    const root = repository(files);
    await run(cached(root));
    utimesSync(join(root, "src/save.ts"), new Date(), new Date(0));
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("a dry run asks no cache and fills none", async () => {
    const root = repository(files);
    await run(cached(root, { mode: "dry" }));
    expect(readdirSync(join(root, "node_modules"))).toEqual(["typescript"]);
  });

  test("each way of asking has an answer of its own", async () => {
    const root = repository(files);
    await run(cached(root));
    await run(cached(root, { paths: ["src"] }));
    expect(await isRemembered(cached(root))).toBe(true);
    expect(await isRemembered(cached(root, { paths: ["src"] }))).toBe(true);
  });

  test("baseline and safety are asked anew each time", async () => {
    const root = repository(files);
    const options = cached(root);
    expect((await run(options)).exitCode).toBe(1);
    const baseline = { file: join(root, "resource-codemod-baseline.txt"), strict: false };
    await run({ ...options, baseline: { ...baseline, action: "update" } });
    const after = await run({ ...options, baseline: { ...baseline, action: "use" } });
    expect([after.exitCode, after.timings["load"]]).toEqual([0, undefined]);
    const safer = await run({ ...options, safety: "likely" });
    expect([safer.safety, safer.timings["load"]]).toEqual(["likely", undefined]);
    expect(said(safer)).toEqual(said(await run({ ...options, safety: "likely", cache: null })));
  });
});

/** One change each, of everything that a verdict, a level or a message can depend on. */
const changes: Readonly<Record<string, (root: string) => void>> = {
  "a site": (root) => put(root, { "src/save.ts": files["src/save.ts"].replace("(path,", "('a.txt',") }),
  "a wrapper in another package": (root) =>
    put(root, {
      "packages/api/src/start.ts": "export const start = (name: string) => ({ stdout: { on: String } });\n",
    }),
  "a file without a site, which gets one": (root) => put(root, { "src/plain.ts": files["src/save.ts"] }),
  "a new file": (root) => put(root, { "src/new.ts": files["src/save.ts"] }),
  "a file that is gone": (root) => rmSync(join(root, "src/save.ts")),
  "a file that becomes a link": (root) => {
    rmSync(join(root, "src/plain.ts"));
    symlinkSync("save.ts", join(root, "src/plain.ts"));
  },
  "the Node that a package supports": (root) =>
    put(root, { "package.json": files["package.json"].replace("{", `{ "engines": { "node": ">=14" },`) }),
  "what TypeScript compiles to": (root) =>
    put(root, { "tsconfig.json": files["tsconfig.json"].replace("ES2022", "ESNext") }),
  "the TypeScript that is installed": (root) =>
    put(root, { "node_modules/typescript/package.json": `{ "version": "4.9.5" }\n` }),
  "a compiler of another kind": (root) => put(root, { ".babelrc": "{}\n" }),
  "a test that replaces a module": (root) =>
    put(root, {
      "test/save.test.ts": `import { vi } from "vitest";\nimport { save } from "../src/save.js";\nvi.mock("node:fs");\nsave("a", "b");\n`,
    }),
  "a set-up file of the tests that replaces a module": (root) =>
    put(root, { "setup.ts": `import { vi } from "vitest";\nvi.mock("node:fs");\n` }),
  "a test runner that replaces every module": (root) =>
    put(root, { "jest.config.json": `{ "automock": true }\n` }),
  "a comment that says how a script is run": (root) =>
    put(root, { "src/serve.ts": `// node src/serve.ts\n${files["src/serve.ts"]}` }),
  "a package that gets another name": (root) =>
    put(root, { "packages/api/package.json": `{ "name": "@harbour/other" }\n` }),
  "a suppression": (root) =>
    put(root, {
      "src/save.ts": files["src/save.ts"].replace(
        "  write",
        "  // resource-codemod-ignore-next-line file-write: small\n  write",
      ),
    }),
};

describe("whatever a verdict depends on is noticed", () => {
  test.each(Object.entries(changes))("%s", async (_, change) => {
    const root = repository(files);
    await run(cached(root));
    expect(await isRemembered(cached(root))).toBe(true);
    change(root);
    expect(await isRemembered(cached(root))).toBe(false);
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("an alias, and the configuration in a package that a tsconfig.json extends", async () => {
    const base = (target: string): string =>
      `{ "compilerOptions": { "paths": { "~/*": ["./${target}/*"] } } }\n`;
    const root = repository({
      ...files,
      "tsconfig.json": `{ "extends": "./base/tsconfig.json" }\n`,
      "base/tsconfig.json": base("../packages/api/src"),
      "src/serve.ts": files["src/serve.ts"].replace("@harbour/api/start", "~/start"),
    });
    const sites = async (): Promise<number> =>
      (await run(cached(root))).files.flatMap((file) => file.findings).length;
    expect(await sites()).toBe(3);
    put(root, { "base/tsconfig.json": base("../nowhere") });
    expect(await sites()).toBe(2);
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("a link of a package manager that leads to another version of such a package", async () => {
    const version = (name: string, target: string) => ({
      [`node_modules/.store/${name}/tsconfig.json`]: `{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["../../../${target}/*"] } } }\n`,
    });
    const root = repository({
      ...files,
      "tsconfig.json": `{ "extends": "base/tsconfig.json" }\n`,
      "src/serve.ts": files["src/serve.ts"].replace("@harbour/api/start", "~/start"),
      ...version("base@1", "packages/api/src"),
      ...version("base@2", "nowhere"),
    });
    const link = join(root, "node_modules/base");
    symlinkSync(".store/base@1", link);
    const sites = async (): Promise<number> =>
      (await run(cached(root))).files.flatMap((file) => file.findings).length;
    expect(await sites()).toBe(3);
    rmSync(link);
    symlinkSync(".store/base@2", link);
    expect(await sites()).toBe(2);
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("a change that is staged, and another one that is not", async () => {
    const root = repository(files);
    const options = cached(root, { changes: { by: "changed" } });
    put(root, { "src/plain.ts": files["src/save.ts"] });
    expect(await isRemembered(options)).toBe(false);
    expect(await isRemembered(options)).toBe(true);
    git(root, "commit", "-qam", "save");
    put(root, { "src/save.ts": `${files["src/save.ts"]}\n` });
    expect(await isRemembered(options)).toBe(false);
  });
});

describe("random changes", () => {
  /** A generator of Lehmer: the same changes each time. */
  const random = (seed: number): ((below: number) => number) => {
    let state = seed;
    return (below) => (state = (state * 48271) % 2147483647) % below;
  };

  test.each([1, 2, 3])(
    "whatever is done, it says what a run without it says (%i)",
    { timeout: 240_000 },
    async (seed) => {
      const next = random(seed);
      const all = Object.values(changes);
      const root = repository(files);
      for (let step = 0; step < 12; step++) {
        if (next(3) > 0) {
          put(root, files);
          for (let i = next(3); i >= 0; i--) all[next(all.length)]?.(root);
        }
        await isRemembered(cached(root));
      }
    },
  );
});

describe("a cache that cannot be trusted or used", () => {
  const place = (root: string): string => {
    const folder = join(root, "node_modules/.cache/resource-codemod");
    return join(folder, readdirSync(folder)[0] ?? "");
  };

  test.each([
    ["cut off", (text: string) => text.slice(0, -40)],
    ["edited", (text: string) => text.replace("file-write", "child-process")],
    ["empty", () => ""],
  ])("a file that is %s holds nothing", async (_, spoil) => {
    const root = repository(files);
    await run(cached(root));
    writeFileSync(place(root), spoil(readFileSync(place(root), "utf8")));
    expect(await isRemembered(cached(root))).toBe(false);
    expect(await isRemembered(cached(root))).toBe(true);
  });

  test("a place that cannot be written is told, and the answer is the same", async () => {
    const root = repository({ ...files, "node_modules/.cache": "not a folder\n" });
    const report = await run(cached(root));
    expect(report.exitCode).toBe(1);
    expect(report.verified).toEqual([expect.stringContaining("could not be kept for the next run")]);
  });

  test("entries that were written longest ago go", async () => {
    const root = repository(files);
    for (let i = 0; i < 20; i++) await run(cached(root, { ignore: [`nothing-${String(i)}`] }));
    expect(readdirSync(join(root, "node_modules/.cache/resource-codemod")).length).toBe(16);
  });
});

describe("--cache, --no-cache and --cache-location", () => {
  test("node_modules/.cache is the place, and without node_modules nothing is kept", () => {
    const root = repository(files);
    expect(command(root, "--check").status).toBe(1);
    expect(readdirSync(join(root, "node_modules/.cache"))).toEqual(["resource-codemod"]);
    const bare = project({ "src/save.ts": files["src/save.ts"] });
    expect(command(bare, "--check").status).toBe(1);
    expect(readdirSync(bare)).toEqual(["src"]);
  });

  test("--no-cache keeps nothing; --cache-location keeps it elsewhere", () => {
    const root = repository(files);
    command(root, "--check", "--no-cache");
    expect(readdirSync(join(root, "node_modules"))).toEqual(["typescript"]);
    command(root, "--check", "--cache-location", "kept");
    expect(readdirSync(join(root, "node_modules"))).toEqual(["typescript"]);
    expect(readdirSync(join(root, "kept")).length).toBe(1);
  });

  test("an unreadable source is the same failure twice", () => {
    const root = repository({
      ...files,
      "src/odd.ts": new Uint8Array([0xff, 0x28, ...Buffer.from(files["src/save.ts"])]),
    });
    chmodSync(join(root, "src/odd.ts"), 0o644);
    const first = command(root, "--check", "--reporter", "jsonl");
    const second = command(root, "--check", "--reporter", "jsonl");
    expect(first.status).toBe(2);
    expect([second.status, second.stderr]).toEqual([2, first.stderr]);
  });
});
