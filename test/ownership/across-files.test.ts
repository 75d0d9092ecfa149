import { describe, expect, it } from "vitest";
import { Decider } from "../../src/decide.js";
import { discover } from "../../src/discover/index.js";
import { optionsFor, repository } from "../support/project.js";

type Files = Readonly<Record<string, string>>;

const manifest = { "package.json": `{ "type": "module" }` };
const run = `import { spawn } from "node:child_process";\nexport function run() { return spawn("x"); }\n`;
/** A function that releases on success only; `take` makes the thing. */
const job = (take: string, end = "it.kill()"): string =>
  `export async function job() { const it = ${take}; await work(); ${end}; }\n`;

/** `file:api verdict` of each site in the files asked for, decided in this order of the candidates. */
async function found(files: Files, { isReversed = false } = {}): Promise<readonly string[]> {
  const root = repository({ ...manifest, ...files });
  const options = optionsFor(root);
  const discovery = await discover(options);
  const decider = new Decider(options, discovery);
  const order = isReversed ? [...discovery.candidates].reverse() : discovery.candidates;
  const decisions = await decider.decideAll(order, () => undefined);
  return decisions.flatMap((one) => {
    if (!one.ok) return [`${one.file}: ${one.error}`];
    const { file, findings } = one.decided;
    return findings.map(({ acquisition, ownership, decision }) => {
      const what = decision.action === "leave" ? decision.reason : decision.fix.by;
      return `${file}: ${acquisition.api} ${ownership.verdict} ${what}`;
    });
  });
}

/** The sites outside of the file that starts the child. */
const callers = async (files: Files): Promise<readonly string[]> =>
  (await found(files)).filter((one) => !one.includes("node:child_process#spawn"));

const owned = (file: string, api: string): string => `${file}: ${api} local scope`;

describe("a function of another file is followed", () => {
  const rows: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      "by its name",
      { "run.ts": run, "job.ts": `import { run } from "./run.js";\n${job("run()")}` },
      [owned("job.ts", "run.ts#run")],
    ],
    [
      "under another name",
      { "run.ts": run, "job.ts": `import { run as start } from "./run";\n${job("start()")}` },
      [owned("job.ts", "run.ts#run")],
    ],
    [
      "through a namespace",
      { "run.ts": run, "job.ts": `import * as tools from "./run.js";\n${job("tools.run()")}` },
      [owned("job.ts", "run.ts#run")],
    ],
    [
      "as a default export",
      {
        "run.ts": `import { spawn } from "node:child_process";\nexport default function () { return spawn("x"); }\n`,
        "job.ts": `import start from "./run.js";\n${job("start()")}`,
      },
      [owned("job.ts", "run.ts#default")],
    ],
    [
      "as a member of an exported object",
      {
        "run.ts": `import { spawn } from "node:child_process";\nexport const tools = { run: () => spawn("x") };\n`,
        "job.ts": `import { tools } from "./run.js";\n${job("tools.run()")}`,
      },
      [owned("job.ts", "run.ts#tools.run")],
    ],
    [
      "through a dynamic import",
      { "run.ts": run, "job.ts": job("0", "0").replace("0;", `(await import("./run.js")).run();`) },
      ["job.ts: run.ts#run root root"],
    ],
    [
      "through barrels",
      {
        "lib/run.ts": run,
        "lib/index.ts": `export * from "./run.js";\n`,
        "index.ts": `export { run as launch } from "./lib";\n`,
        "job.ts": `import { launch } from ".";\n${job("launch()")}`,
      },
      [owned("job.ts", "lib/run.ts#run")],
    ],
    [
      "through a wrapper in a third file",
      {
        "run.ts": run,
        "twice.ts": `import { run } from "./run.js";\nexport const twice = () => { const it = run(); return it; };\n`,
        "job.ts": `import { twice } from "./twice.js";\n${job("twice()")}`,
      },
      [owned("job.ts", "twice.ts#twice"), "twice.ts: run.ts#run moved-out escapes-returned"],
    ],
    [
      "through files that import each other",
      {
        "run.ts": `import { job } from "./job.js";\nexport { job };\n${run}`,
        "job.ts": `import { run } from "./run.js";\nexport { run };\n${job("run()")}`,
      },
      [owned("job.ts", "run.ts#run")],
    ],
    [
      "in CommonJS",
      {
        "run.cjs": `const { spawn } = require("child_process");\nmodule.exports = { run() { return spawn("x"); } };\n`,
        "whole.cjs": `const { spawn } = require("child_process");\nmodule.exports = () => spawn("x");\n`,
        "one.cjs": `const { spawn } = require("child_process");\nexports.run = function () { return spawn("x"); };\n`,
        "a.cjs": `const { run } = require("./run.cjs");\n${job("run()").replace("export ", "")}`,
        "b.cjs": `const run = require("./whole.cjs");\n${job("run()").replace("export ", "")}`,
        "c.cjs": `const one = require("./one.cjs");\n${job("one.run()").replace("export ", "")}`,
      },
      [
        owned("a.cjs", "run.cjs#default.run"),
        owned("b.cjs", "whole.cjs#default"),
        owned("c.cjs", "one.cjs#exports.run"),
      ],
    ],
    [
      "through an alias of a tsconfig that extends another",
      {
        "tsconfig.json": `{ "extends": "./tsconfig.base.json" }`,
        "tsconfig.base.json": `{ // shared\n "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }`,
        "src/run.ts": run,
        "app/job.ts": `import { run } from "@/run";\n${job("run()")}`,
      },
      [owned("app/job.ts", "src/run.ts#run")],
    ],
    [
      "through the base folder of a tsconfig",
      {
        "tsconfig.json": `{ "compilerOptions": { "baseUrl": "src" } }`,
        "src/lib/run.ts": run,
        "src/job.ts": `import { run } from "lib/run";\n${job("run()")}`,
      },
      [owned("src/job.ts", "src/lib/run.ts#run")],
    ],
    [
      "through the imports of a package.json",
      {
        "package.json": `{ "type": "module", "imports": { "#run": "./dist/run.js" } }`,
        "src/run.ts": run,
        "src/job.ts": `import { run } from "#run";\n${job("run()")}`,
      },
      [owned("src/job.ts", "src/run.ts#run")],
    ],
    [
      "into another package of the repository",
      {
        "packages/tools/package.json": `{ "name": "@team/tools", "exports": { ".": "./dist/index.js", "./run": "./dist/esm/run.mjs" } }`,
        "packages/tools/src/index.ts": `export { run } from "./run.js";\n`,
        "packages/tools/src/run.ts": run,
        "packages/app/package.json": `{ "name": "app" }`,
        "packages/app/a.ts": `import { run } from "@team/tools";\n${job("run()")}`,
        "packages/app/b.ts": `import { run } from "@team/tools/run";\n${job("run()")}`,
      },
      [
        owned("packages/app/a.ts", "packages/tools/src/run.ts#run"),
        owned("packages/app/b.ts", "packages/tools/src/run.ts#run"),
      ],
    ],
    [
      "into a package without exports",
      {
        "packages/tools/package.json": `{ "name": "tools", "main": "lib/main.js" }`,
        "packages/tools/src/main.ts": run,
        "packages/app/package.json": `{ "name": "app" }`,
        "packages/app/a.ts": `import { run } from "tools";\n${job("run()")}`,
      },
      [owned("packages/app/a.ts", "packages/tools/src/main.ts#run")],
    ],
  ];
  it.each(rows)("%s", async (_, files, expected) => expect(await callers(files)).toEqual(expected));
});

describe("a class of another file is followed", () => {
  const log = `import { watch } from "node:fs";
export class Log { #watcher = watch("x"); static async open() { return new Log(); } stop() { this.#watcher.close(); } }\n`;

  it("where an instance is made, and through its factory", async () => {
    const files = {
      "log.ts": log,
      "a.ts": `import { Log } from "./log.js";\n${job("new Log()", "it.stop()")}`,
      "b.ts": `import { Log } from "./log.js";\n${job("await Log.open()", "it.stop()")}`,
    };
    expect((await found(files)).filter((one) => !one.startsWith("log.ts"))).toEqual([
      owned("a.ts", "log.ts#Log"),
      owned("b.ts", "log.ts#Log.open"),
    ]);
  });

  it("where another class owns an instance", async () => {
    const files = {
      "log.ts": log,
      "app.ts": `import { Log } from "./log.js";\nexport class App { log = new Log(); close() { this.log.stop(); } }\n`,
      "main.ts": `import { App } from "./app.js";\n${job("new App()", "it.close()")}`,
    };
    expect((await found(files)).filter((one) => !one.startsWith("log.ts"))).toEqual([
      "app.ts: log.ts#Log field owned-by-class",
      "main.ts: app.ts#App local guard",
    ]);
  });
});

describe("a class of another file that begins later", () => {
  const api = `import { createServer } from "node:http";
export class Api { async listen() { this.server = createServer().listen(0); await ready(); } close() { this.server.close(); } }\n`;
  const rows: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      "is followed where an instance begins",
      {
        "job.ts": `import { Api } from "./api.js";\n${job("new Api()", "it.close()").replace("await work()", "await it.listen(); await work()")}`,
      },
      ["job.ts: api.ts#Api.prototype.listen local guard"],
    ],
    [
      "is followed through a class that extends it, in a third file",
      {
        "logs.ts": `import { Api } from "./api.js";\nexport class Logs extends Api {}\n`,
        "job.ts": `import { Logs } from "./logs.js";\n${job("new Logs()", "it.close()").replace("await work()", "await it.listen(); await work()")}`,
      },
      ["job.ts: logs.ts#Logs.prototype.listen local guard"],
    ],
    [
      "is nothing where an instance does not begin",
      { "job.ts": `import { Api } from "./api.js";\n${job("new Api()", "it.close()")}` },
      [],
    ],
  ];
  it.each(rows)("%s", async (_, files, expected) =>
    expect((await found({ "api.ts": api, ...files })).filter((one) => !one.startsWith("api.ts"))).toEqual(
      expected,
    ),
  );
});

describe("an instance that keeps what it is made with", () => {
  const api = `export class Api { #server; constructor(port, server) { this.#server = server; this.port = port; }
  close() { this.#server.close(); } }\n`;
  const caller = (name: string, end = "it.close()"): string =>
    `import { createServer } from "node:http"; import { ${name} } from "./api.js";\n${job(`new ${name}(0, createServer())`, end)}`;
  const rows: readonly (readonly [string, Files, string])[] = [
    ["releases it", { "api.ts": api, "job.ts": caller("Api") }, "local guard"],
    [
      "gives it to its superclass, in a third file",
      {
        "base.ts": api.replace("Api", "Base"),
        "api.ts": `import { Base } from "./base.js";\nexport class Api extends Base { constructor(port, server) { super(port, server); } }\n`,
        "job.ts": caller("Api"),
      },
      "local guard",
    ],
    [
      "has the constructor of its superclass",
      {
        "base.ts": api.replace("Api", "Base"),
        "api.ts": `import { Base } from "./base.js";\nexport class Api extends Base { read() {} }\n`,
        "job.ts": caller("Api"),
      },
      "local guard",
    ],
    [
      "has it in a field that anybody can close",
      {
        "api.ts": api.replaceAll("#server", "server"),
        "job.ts": caller("Api", "it.server.close()"),
      },
      "local guard",
    ],
    [
      "releases it only by itself",
      { "api.ts": api.replace("close()", "#close()"), "job.ts": caller("Api") },
      "unknown escapes-argument",
    ],
    [
      "gives it to others as well",
      { "api.ts": api.replace("this.port = port", "keep(server)"), "job.ts": caller("Api") },
      "unknown escapes-argument",
    ],
    [
      "is returned by a factory",
      {
        "api.ts": api,
        "make.ts": `import { createServer } from "node:http"; import { Api } from "./api.js";
          export function make() { return new Api(0, createServer()); }\n`,
        "job.ts": `import { make } from "./make.js";\n${job("make()", "it.close()")}`,
      },
      "local guard",
    ],
  ];
  it.each(rows)("%s", async (_, files, expected) => {
    const sites = await found(files);
    expect(
      sites.filter((one) => one.startsWith("job.ts")).map((one) => one.split(" ").slice(2).join(" ")),
    ).toEqual([expected]);
  });
});

describe("a field of a superclass", () => {
  const base = `import { watch } from "node:fs";\nexport abstract class Base { watcher; close() { this.watcher?.close(); } }\n`;
  const log = `import { watch } from "node:fs"; import { Base } from "./base.js";\n`;
  const rows: readonly (readonly [string, string, string])[] = [
    [
      "is released by the superclass",
      `export class Log extends Base { open() { this.watcher = watch("x"); } }`,
      "field owned-by-class",
    ],
    [
      "is released by nobody",
      `export class Log extends Base { open() { this.other = watch("x"); } }`,
      "field class",
    ],
    [
      "has the name of a private one",
      `export class Log extends Base { #watcher; open() { this.#watcher = watch("x"); } }`,
      "field class",
    ],
  ];
  it.each(rows)("%s", async (_, text, expected) => {
    const sites = await found({ "base.ts": base, "log.ts": `${log}${text}\n` });
    expect(sites).toEqual([`log.ts: node:fs#watch ${expected}`]);
  });
});

describe("nothing is found", () => {
  it("through an import of types, and in what a package from elsewhere exports", async () => {
    const files = {
      "run.ts": run,
      "a.ts": `import type { run } from "./run.js";\n${job("run()")}`,
      "b.ts": `import { run } from "run";\n${job("run()")}`,
      "c.ts": `import { run } from "./missing.js";\n${job("run()")}`,
    };
    expect(await callers(files)).toEqual([]);
  });

  it("in tests and in helpers that load a test runner", async () => {
    const files = {
      "run.ts": run,
      "run.test.ts": `import { run } from "./run.js";\n${job("run()")}`,
      "helper.ts": `import { run } from "./run.js"; import { it } from "vitest";\n${job("run()")}`,
    };
    expect(await callers(files)).toEqual([]);
  });

  it("where two packages have one name", async () => {
    const files = {
      "examples/a/package.json": `{ "name": "tools", "main": "run.ts" }`,
      "examples/a/run.ts": run,
      "examples/b/package.json": `{ "name": "tools", "main": "run.ts" }`,
      "examples/b/run.ts": run,
      "job.ts": `import { run } from "tools";\n${job("run()")}`,
    };
    expect(await callers(files)).toEqual([]);
  });
});

it("the order of the files makes no difference", async () => {
  const files = {
    "a.ts": `import { b } from "./b.js";\nexport const a = () => b();\n`,
    "b.ts": `import { c } from "./c.js"; import { spawn } from "node:child_process";\nexport const b = () => c();\nspawn("x");\n`,
    "c.ts": `import { spawn } from "node:child_process";\nexport const c = () => spawn("x");\n`,
    "job.ts": `import { a } from "./a.js"; import { spawn } from "node:child_process";\nspawn("x");\n${job("a()")}`,
  };
  const forwards = await found(files);
  expect(forwards).toContain(owned("job.ts", "a.ts#a"));
  expect(await found(files, { isReversed: true })).toEqual(forwards);
});

it("where a test replaces the file, the rewrite is only likely", async () => {
  const files = {
    ...manifest,
    "run.ts": run,
    "job.ts": `import { run } from "./run.js";\n${job("run()")}`,
    "other.test.ts": `import { vi } from "vitest"; vi.mock("./run.js"); import "./job.js";\n`,
  };
  const options = optionsFor(repository(files));
  const discovery = await discover(options);
  const decisions = await new Decider(options, discovery).decideAll(discovery.candidates, () => undefined);
  const levels = decisions.flatMap((one) =>
    one.ok ? one.decided.findings.map(({ level }) => `${one.decided.file} ${level}`) : [],
  );
  expect(levels).toContain("job.ts likely");
});

describe("a function of another file that gets the path of a temporary folder", () => {
  const job = `import { mkdtemp } from "node:fs/promises"; import { use } from "./use.js";
export async function job() { const it = await mkdtemp("x"); try { await work(); } finally { await use(it); } }\n`;
  const removes = `await rm(path, { recursive: true });`;
  const rows: readonly (readonly [string, string, string])[] = [
    ["removes it", removes, "held released-in-finally"],
    ["removes it when it is there", `if (!existsSync(path)) return; ${removes}`, "held released-in-finally"],
    ["swallows the failure", `try { ${removes} } catch {}`, "held released-in-finally"],
    ["removes it sometimes", `if (path.length > 9) ${removes}`, "local scope"],
    ["removes what is in it", `await rm(join(path, "logs"), { recursive: true });`, "local scope"],
  ];

  it.each(rows)("%s", async (_, body, verdict) => {
    const use = `import { existsSync } from "node:fs"; import { rm } from "node:fs/promises"; import { join } from "node:path";
export async function use(path) { ${body} }\n`;
    const sites = await found({ "job.ts": job, "use.ts": use });
    expect(sites).toEqual([`job.ts: node:fs/promises#mkdtemp ${verdict}`]);
  });
});

describe("a function of another file that gets the handle", () => {
  const start = `import { spawn } from "node:child_process"; import { use } from "./use.js";\n`;
  const caller = (body: string): string =>
    `${start}export async function job() { const it = spawn("x"); ${body} }\n`;
  const rows: readonly (readonly [string, string, string, string])[] = [
    [
      "looks at it",
      `export function use(child) { child.stdout.on("data", print); return child.pid > 0; }`,
      `use(it); await work(); it.kill();`,
      "local scope",
    ],
    [
      "releases it",
      `export function use(child) { try { work(); } finally { child.kill(); } }`,
      `try { await work(); } finally { use(it); }`,
      "held released-in-finally",
    ],
    [
      "passes it on to one that releases it, in a third file",
      `export { end as use } from "./end.js";`,
      `try { await work(); } finally { await use(it); }`,
      "held released-in-finally",
    ],
    [
      "releases it sometimes",
      `export function use(child) { if (child.connected) child.kill(); }`,
      `try { await work(); } finally { use(it); }`,
      "root root",
    ],
    [
      "registers a hook that ends it",
      `export const use = (child) => { process.on("exit", () => child.kill()); };`,
      `use(it); await work();`,
      "held registered-for-cleanup",
    ],
    [
      "keeps it",
      `const all = [];\nexport function use(child) { all.push(child); }`,
      `use(it); await work(); it.kill();`,
      "unknown escapes-argument",
    ],
    [
      "gives it to one that keeps it",
      `import { keep } from "./keep.js";\nexport function use(child) { keep(child); }`,
      `use(it); await work(); it.kill();`,
      "unknown escapes-argument",
    ],
    [
      "uses it while nobody waits",
      `export async function use(child) { await work(); child.stdin.end(); }`,
      `void use(it); await work(); it.kill();`,
      "unknown escapes-argument",
    ],
    [
      "gives it back and forth",
      `import { other } from "./other.js";\nexport function use(child) { other(child); }`,
      `use(it); await work(); it.kill();`,
      "unknown escapes-argument",
    ],
  ];
  const others = {
    "end.ts": `export async function end(child) { await log(); child.kill(); }\n`,
    "keep.ts": `export class Keeper { hold(child) { this.child = child; } }\nexport function keep(child) { new Keeper().child = child; }\n`,
    "other.ts": `import { use } from "./use.js";\nexport function other(child) { use(child); }\n`,
  };
  it.each(rows)("%s", async (_, use, body, expected) => {
    const sites = await found({ ...others, "use.ts": `${use}\n`, "job.ts": caller(body) });
    expect(sites).toEqual([`job.ts: node:child_process#spawn ${expected}`]);
  });
});
