import { describe, expect, it } from "vitest";
import { findAcquisitions } from "../../src/analyse/acquisitions.js";
import { noExports } from "../../src/analyse/modules.js";
import { decide } from "../../src/ownership/index.js";
import type { Surroundings } from "../../src/ownership/decided.js";
import { surroundings, unitOf } from "../support/surroundings.js";

const head = `import { spawn, exec, execFile, fork, execSync } from "child_process";
import { once } from "events"; import { promisify } from "util"; import fs from "fs"; import os from "os"; import path from "path";
import { ResourceContext } from "resource-context";\n`;

/** "verdict: reason" for a site that is left, "verdict -> fix level" for one that is rewritten. */
function verdicts(
  body: string,
  {
    isMocked = false,
    strict = false,
    caution = null,
    syntax = "using",
  }: {
    isMocked?: boolean;
    strict?: boolean;
    caution?: string | null;
    syntax?: "using" | "try-finally";
  } = {},
): readonly string[] {
  const unit = unitOf("job.ts", head + body);
  const around: Surroundings = {
    ...surroundings,
    syntax,
    strict,
    mockerOf: () => (isMocked ? { by: "test" } : null),
    caution,
  };
  // Timers, handles and folders around the site in question have tests of their own.
  const sites = findAcquisitions(unit, noExports).filter(({ model }) =>
    ["child-process", "file-write"].includes(model.kind),
  );
  return decide(sites, around).map(({ ownership, decision, level }) =>
    decision.action === "leave"
      ? `${ownership.verdict}: ${decision.reason}`
      : `${ownership.verdict} -> ${decision.fix.by} ${level}`,
  );
}

const table = (rows: readonly (readonly [string, string, string])[]): void => {
  it.each(rows)("%s", (_, body, expected) => expect(verdicts(body)).toEqual([expected]));
};

describe("child processes that end by themselves", () => {
  table([
    ["the sync family", `execSync("ls");`, "inert: synchronous"],
    [
      "awaited promisified exec",
      `const run = promisify(exec); async function f() { await run("ls"); }`,
      "inert: finite-and-awaited",
    ],
    [
      "returned promisified exec",
      `const run = promisify(exec); const f = () => run("ls");`,
      "inert: finite-and-awaited",
    ],
  ]);
  it("--strict adopts what is finite and awaited", () => {
    expect(verdicts(`const run = promisify(exec); await run("ls");`, { strict: true })).toEqual([
      "inert -> root safe",
    ]);
  });
});

describe("child processes that something holds already", () => {
  table([
    ["using", `async function f() { await using child = spawn("ls"); }`, "held: released-by-using"],
    [
      "killed in finally",
      `async function f() { const child = spawn("ls"); try { await g(); } finally { child.kill(); } }`,
      "held: released-in-finally",
    ],
    ["adopted by the root", `ResourceContext.root.process(spawn("ls"));`, "held: owned-by-context"],
    [
      "adopted by a context",
      `async function f() { await using ctx = new ResourceContext(); ctx.process(spawn("ls")); }`,
      "held: owned-by-context",
    ],
    [
      "adopted by a field",
      `class A { readonly #resources = new ResourceContext(); run() { this.#resources.process(spawn("ls")); } }`,
      "held: owned-by-context",
    ],
    [
      "adopted by a native stack",
      `async function f() { await using stack = new AsyncDisposableStack(); stack.use(spawn("ls")); }`,
      "held: owned-by-context",
    ],
  ]);
});

describe("child processes that escape", () => {
  table([
    ["returned", `function f() { return spawn("ls"); }`, "moved-out: escapes-returned"],
    ["returned by an arrow", `const f = () => spawn("ls");`, "moved-out: escapes-returned"],
    [
      "returned with a listener",
      `function f() { return spawn("ls").on("exit", g); }`,
      "moved-out: escapes-returned",
    ],
    [
      "returned from a variable",
      `function f() { const child = spawn("ls"); child.on("exit", g); return child; }`,
      "moved-out: escapes-returned",
    ],
    [
      "returned in a literal",
      `function f() { const child = spawn("ls"); return { child, stop() { child.kill(); } }; }`,
      "moved-out: escapes-returned",
    ],
    [
      "only its closer is returned",
      `function f() { const child = spawn("ls"); return () => child.kill(); }`,
      "moved-out: escapes-returned",
    ],
    [
      "a closer by name is returned",
      `function f() { const child = spawn("ls"); const stop = () => child.kill(); return { stop }; }`,
      "moved-out: escapes-returned",
    ],
    [
      "resolved",
      `const f = () => new Promise((resolve) => { const child = spawn("ls"); child.on("spawn", () => resolve(child)); });`,
      "moved-out: escapes-resolved",
    ],
    ["yielded", `function* f() { yield spawn("ls"); }`, "moved-out: escapes-yielded"],
    ["exported", `export const child = spawn("ls");`, "moved-out: escapes-exported"],
    ["exported later", `const child = spawn("ls"); export { child };`, "moved-out: escapes-exported"],
    ["a field", `class A { start() { this.child = spawn("ls"); } }`, "field -> class likely"],
    [
      "a field through a variable",
      `class A { start() { const c = spawn("ls"); c.on("exit", g); this.child = c; } }`,
      "field -> class likely",
    ],
    ["a field initialiser", `class A { child = spawn("ls"); }`, "field -> class likely"],
    [
      "a closer in a field",
      `class A { start() { const c = spawn("ls"); this.stop = () => c.kill(); } }`,
      "field: escapes-field",
    ],
    ["pushed", `const all = []; function f() { all.push(spawn("ls")); }`, "container -> root likely"],
    [
      "put into a map",
      `function f(m) { const c = spawn("ls"); m.set(1, c); }`,
      "container: escapes-container",
    ],
    ["an element", `function f(m) { m[1] = spawn("ls"); }`, "container: escapes-container"],
    [
      "passed to an unknown function",
      `function f() { const c = spawn("ls"); track(c); }`,
      "unknown: escapes-argument",
    ],
    ["passed to a constructor", `function f() { new Session(spawn("ls")); }`, "unknown: escapes-argument"],
    ["assigned to a property", `function f(o) { o.child = spawn("ls"); }`, "container: escapes-container"],
  ]);
});

describe("child processes that outlive on purpose", () => {
  table([
    [
      "detached and unreferenced",
      `const c = spawn("x", [], { detached: true }); c.unref();`,
      "daemon: detached",
    ],
    [
      "detached through a constant",
      `const options = { detached: true, stdio: "ignore" }; spawn("x", options).unref();`,
      "daemon: detached",
    ],
    [
      "detached on some platforms",
      `const c = spawn("x", [], { detached: !win }); c.on("exit", g);`,
      "daemon: detached",
    ],
    ["detached is false", `spawn("x", [], { detached: false }).on("exit", g);`, "root -> root safe"],
  ]);
});

describe("child processes whose end is observed", () => {
  table([
    [
      "a promise executor",
      `const f = () => new Promise((resolve) => { const c = spawn("ls"); c.on("close", resolve); });`,
      "event -> root safe",
    ],
    ["a callback", `function f(done) { exec("ls", (error, out) => done(out)); }`, "event -> root safe"],
    ["a named callback", `function f(callback) { execFile("ls", ["-l"], callback); }`, "event -> root safe"],
    ["a listener on the spot", `function f() { fork("worker.js").once("exit", g); }`, "event -> root safe"],
    [
      "through a function of the file",
      `function f() { const c = spawn("ls"); watch(c); } function watch(child) { child.on("exit", g); }`,
      "event -> root safe",
    ],
    [
      "at the top level",
      `const c = spawn("ls"); c.on("exit", (code) => process.exit(code));`,
      "root -> root safe",
    ],
    [
      "a variable of the module",
      `let c; export function start() { c = spawn("ls"); c.on("exit", g); }`,
      "root -> root safe",
    ],
    [
      "an arrow whose result is dropped",
      `app.on("ready", () => spawn("ls").on("exit", g));`,
      "event -> root safe",
    ],
    [
      "nothing can throw before the await",
      `async function f() { const c = spawn("ls"); await once(c, "close"); }`,
      "event -> root safe",
    ],
  ]);
});

describe("child processes whose end nobody observes", () => {
  table([
    ["fire and forget", `function f() { spawn("ls"); }`, "root -> root likely"],
    [
      "only errors are observed",
      `function f() { const c = spawn("ls"); c.on("error", g); }`,
      "root -> root likely",
    ],
    [
      "killed somewhere",
      `function f() { const c = spawn("ls"); setTimeout(() => c.kill(), 9); }`,
      "local -> root likely",
    ],
    [
      "unreferenced",
      `function f() { const c = spawn("ls"); c.on("exit", g); c.unref(); }`,
      "event -> root likely",
    ],
  ]);
});

describe("a scope", () => {
  table([
    [
      "a throw before the awaited end",
      `async function f() { const c = spawn("ls"); await prepare(); await once(c, "close"); }`,
      "local -> scope safe",
    ],
    [
      "an awaited promise around the listener",
      `async function f() { const c = spawn("ls"); const x = parse(); await new Promise((r) => c.on("close", r)); return x; }`,
      "local -> scope safe",
    ],
    [
      "the end is awaited by name",
      `async function f() { const c = spawn("ls"); const closed = once(c, "close"); await prepare(); await closed; }`,
      "local -> scope safe",
    ],
    [
      "a sibling can reject",
      `async function f() { const c = spawn("ls"); await Promise.all([feed(), once(c, "close")]); }`,
      "local -> scope safe",
    ],
    [
      "the output is read, the end is not awaited",
      `async function f() { const c = spawn("ls"); for await (const x of c.stdout) use(x); }`,
      "local -> scope likely",
    ],
    [
      "an early return lets it run on",
      `async function f() { const c = spawn("ls"); if (await quick()) return; await once(c, "close"); }`,
      "event -> root safe",
    ],
    [
      "the await is conditional",
      `async function f() { const c = spawn("ls"); await g(); if (wait) await once(c, "close"); }`,
      "event -> root safe",
    ],
    [
      "a race may leave it",
      `async function f() { const c = spawn("ls"); await g(); await Promise.race([once(c, "close"), late]); }`,
      "event -> root safe",
    ],
    [
      "a sync function",
      `function f() { const c = spawn("ls"); g(); return once(c, "close"); }`,
      "event -> root safe",
    ],
    [
      "a generator",
      `async function* f() { const c = spawn("ls"); await g(); await once(c, "close"); }`,
      "local -> scope safe",
    ],
    [
      "its output is returned",
      `async function f() { const c = spawn("ls"); await g(); await once(c, "spawn"); return c.stdout; }`,
      "root -> root likely",
    ],
  ]);
});

describe("a scope in the long form", () => {
  it.each([
    [
      "a closure above reads a variable of the region",
      `async function f() { const name = () => title; await a(); const c = spawn("ls"); const title = await g(name); await once(c, "close"); }`,
      "event -> root safe",
    ],
    [
      "a function is declared in the region",
      `async function f() { const c = spawn("ls"); await g(h); await once(c, "close"); function h() {} }`,
      "event -> root safe",
    ],
    [
      "nothing above reads into it",
      `async function f() { const name = title(); const c = spawn("ls"); await g(name); await once(c, "close"); }`,
      "local -> scope safe",
    ],
  ])("%s", (_, body, expected) => expect(verdicts(body, { syntax: "try-finally" })).toEqual([expected]));
});

describe("a guard over many lines", () => {
  const handsOver = (lines: number): string =>
    `async function f() { const c = spawn("ls");\n${"await g();\n".repeat(lines)}return c; }`;

  it.each([
    [5, "try-finally", "moved-out -> guard safe"],
    [38, "try-finally", "moved-out -> guard safe"],
    [45, "try-finally", "moved-out -> guard likely"],
    [45, "using", "moved-out -> guard safe"],
  ] as const)("%i lines with %s", (lines, syntax, expected) => {
    expect(verdicts(handsOver(lines), { syntax })).toEqual([expected]);
  });
});

describe("file writes", () => {
  table([
    ["a path", `fs.writeFileSync("a.json", data);`, "local -> replace safe"],
    ["a callback", `fs.writeFile(file, data, (error) => done(error));`, "local -> replace safe"],
    ["flag w", `fs.writeFileSync(file, data, { flag: "w" });`, "local -> replace safe"],
    [
      "options from elsewhere",
      `function f(options) { fs.writeFileSync(file, data, options); }`,
      "local -> replace safe",
    ],
    ["flag a", `fs.writeFileSync(file, data, { flag: "a" });`, "local: append-flag"],
    [
      "flag a through a constant",
      `const options = { flag: "a+" } as const; fs.writeFileSync(file, data, options);`,
      "local: append-flag",
    ],
    ["flag wx", `fs.writeFileSync(file, data, { encoding: "utf8", flag: "wx" });`, "local: exclusive-flag"],
    ["either", `fs.writeFileSync(file, data, { flag: force ? "w" : "wx" });`, "local: exclusive-flag"],
    ["flag r+", `fs.writeFileSync(file, data, { flag: "r+" });`, "local: update-flag"],
    ["a computed flag", `fs.writeFileSync(file, data, { flag: flags() });`, "local: computed-flag"],
    [
      "a descriptor",
      `const fd = fs.openSync(file, "w"); fs.writeFileSync(fd, data);`,
      "local: descriptor-target",
    ],
    ["standard output", `fs.writeFileSync(1, data);`, "local: descriptor-target"],
    ["a device", `fs.writeFileSync("/dev/stderr", data);`, "local: special-file"],
    ["spread arguments", `fs.writeFileSync(...args);`, "local: spread-arguments"],
    [
      "its own temporary folder",
      `const dir = fs.mkdtempSync(path.join(os.tmpdir(), "x")); fs.writeFileSync(path.join(dir, "a"), data);`,
      "inert: own-temp-folder",
    ],
    [
      "a variable set later",
      `let dir; dir = fs.mkdtempSync("x"); fs.writeFileSync(\`\${dir}/a\`, data);`,
      "inert: own-temp-folder",
    ],
    [
      "renamed afterwards",
      `function save() { fs.writeFileSync(tmp, data); fs.renameSync(tmp, file); }`,
      "inert: already-atomic",
    ],
    [
      "another path is renamed",
      `function save() { fs.writeFileSync(file, data); fs.renameSync(old, backup); }`,
      "local -> replace safe",
    ],
    ["nothing", `fs.writeFileSync(marker, "");`, "inert: empty-content"],
    ["the file watches files", `fs.watch(dir, f); fs.writeFileSync(file, data);`, "local -> replace likely"],
  ]);
});

describe("a file that may not be able to load the runtime", () => {
  it("is rewritten at likely only", () => {
    expect(verdicts(`fs.writeFileSync(file, data);`, { caution: "Node 14" })).toEqual([
      "local -> replace likely",
    ]);
  });
});

describe("tests that replace the module", () => {
  it("lower the level to likely", () => {
    expect(verdicts(`fs.writeFileSync(file, data); spawn("ls").on("exit", g);`, { isMocked: true })).toEqual([
      "local -> replace likely",
      "root -> root likely",
    ]);
  });
});
