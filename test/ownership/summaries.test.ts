import { describe, expect, it } from "vitest";
import { findAcquisitions } from "../../src/analyse/acquisitions.js";
import { nothingInferred } from "../../src/analyse/inferred.js";
import { noCallees, noClasses } from "../../src/analyse/callees.js";
import { noExports } from "../../src/analyse/modules.js";
import { type Unit } from "../../src/analyse/unit.js";
import { decide } from "../../src/ownership/index.js";
import { lookupIn, type Summaries, summarise } from "../../src/ownership/summaries/index.js";
import { surroundings, unitOf } from "../support/surroundings.js";

const head = `import { spawn } from "node:child_process"; import { createServer } from "node:http";
import { watch } from "node:fs"; import { open } from "node:fs/promises"; import { ResourceContext } from "resource-context";\n`;

const parsed = (body: string): Unit => unitOf("src/app.ts", head + body);

const summariesOf = (unit: Unit): Summaries =>
  summarise(unit, {
    exportsOf: noExports,
    calleeOf: noCallees,
    classOf: noClasses,
    inferredOf: nothingInferred,
  });

/** `name: shape, what is adopted`, for each function and class that acquires for its callers. */
function summaries(body: string): readonly string[] {
  return [...summariesOf(parsed(body))]
    .map(([name, { shape, model }]) => {
      const held = shape.is === "holder" ? `{${[...shape.members, ...shape.releases].join()}}` : shape.is;
      const method = model.adopt.by === "wrap" ? model.adopt.method : model.adopt.by;
      return `${name}: ${model.yields} ${held} ${typeof method === "string" ? method : method.release}`;
    })
    .sort();
}

/** Verdict and fix at each call of a function of the file. */
function calls(body: string): readonly string[] {
  const unit = parsed(body);
  const sites = findAcquisitions(
    unit,
    noExports,
    lookupIn(unit.path, summariesOf(unit), nothingInferred),
  ).filter(({ inferred }) => inferred !== null);
  return decide(sites, surroundings).map(({ ownership, decision, level }) =>
    decision.action === "leave"
      ? `${ownership.verdict}: ${decision.reason}`
      : `${ownership.verdict} -> ${decision.fix.by} ${level}`,
  );
}

const table = (rows: readonly (readonly [string, string, readonly string[]])[]): void => {
  it.each(rows)("%s", (_, body, expected) => expect(summaries(body)).toEqual(expected));
};

describe("a function hands out what it acquires", () => {
  table([
    ["returned", `function start() { return spawn("x"); }`, ["start: handle itself process"]],
    ["by an arrow function", `const start = () => spawn("x");`, ["start: handle itself process"]],
    [
      "through variables and casts",
      `function start() { const a = spawn("x"); const b = a as never; return b!; }`,
      ["start: handle itself process"],
    ],
    [
      "by an async function",
      `async function serve() { const server = createServer(); await ready(); return server; }`,
      ["serve: promise itself server"],
    ],
    ["a promise of it", `const read = (path) => open(path);`, ["read: promise itself file"]],
    [
      "resolved by a promise",
      `function serve() { return new Promise((resolve, reject) => {
        const server = createServer(); server.on("error", reject); server.listen(0, () => resolve(server)); }); }`,
      ["serve: promise itself server"],
    ],
    [
      "or nothing",
      `function serve(port) { if (!port) return undefined; return createServer().listen(port); }`,
      ["serve: handle itself server"],
    ],
    [
      "from two places",
      `function run(fast) { if (fast) return spawn("a"); return spawn("b"); }`,
      ["run: handle itself process"],
    ],
    [
      "through another function",
      `function a() { return b(); }\nfunction b() { return c(); }\nfunction c() { return spawn("x"); }`,
      ["a: handle itself process", "b: handle itself process", "c: handle itself process"],
    ],
    [
      "as methods and statics",
      `class Tools { static run() { return spawn("a"); } start() { return spawn("b"); } }
       const tools = { go() { return spawn("c"); } };`,
      [
        "Tools.prototype.start: handle itself process",
        "Tools.run: handle itself process",
        "tools.go: handle itself process",
      ],
    ],
    [
      "after a guard let go of it",
      `async function serve() { await using ctx = new ResourceContext(); const s = ctx.server(createServer());
        await ready(); return ctx.disown(s); }`,
      ["serve: promise itself server"],
    ],
  ]);
});

describe("a function hands out something that releases what it acquires", () => {
  table([
    [
      "an object with the resource and a method",
      `function start() { const child = spawn("x"); return { child, stop() { child.kill(); } }; }`,
      ["start: handle {child,stop} (it) => it.stop()"],
    ],
    [
      "an object with a method only",
      `async function serve() { const s = createServer(); const close = () => new Promise((r) => s.close(r));
        return { url: "http://localhost", close }; }`,
      ["serve: promise {close} (it) => it.close()"],
    ],
    [
      "the closing method comes before others that release",
      `function start() { const child = spawn("x"); const api = { kill: () => child.kill(), dispose: () => child.kill() };
        return api; }`,
      ["start: handle {dispose,kill} (it) => it.dispose()"],
    ],
    [
      "a pair",
      `function start() { const child = spawn("x"); return [child, () => child.kill()] as const; }`,
      ["start: handle {0,1} (it) => it[1]()"],
    ],
    [
      "a function",
      `function poll(work) { const timer = setInterval(work, 10); return () => clearInterval(timer); }`,
      ["poll: handle function defer"],
    ],
    [
      "an object that can be disposed of",
      `function start() { const child = spawn("x"); return { [Symbol.dispose]() { child.kill(); } }; }`,
      ["start: handle {[Symbol.dispose]} use"],
    ],
    [
      "an object that holds it, and nothing more",
      `function start() { const child = spawn("x"); return { child, name: "x" }; }`,
      ["start: handle {child} (it) => it.child.kill()"],
    ],
  ]);
});

describe("a class owns what its constructor acquires", () => {
  table([
    [
      "in the constructor",
      `class Log { constructor(path) { this.watcher = watch(path); } stop() { this.watcher.close(); } }`,
      ["Log: handle {stop} (it) => it.stop()"],
    ],
    [
      "as the first value of a field, inside of another class too",
      `class Log { #watcher = watch("x"); dispose() { this.#watcher.close(); } }
       class App { log = new Log(); static create() { return new App(); } close() { this.log.dispose(); } }`,
      [
        "App.create: handle {close} (it) => it.close()",
        "App: handle {close} (it) => it.close()",
        "Log: handle {dispose} (it) => it.dispose()",
      ],
    ],
    [
      "with a symbol",
      `class Log { #watcher = watch("x"); [Symbol.dispose]() { this.#watcher.close(); } }`,
      ["Log: handle {[Symbol.dispose]} use"],
    ],
    ["but nobody releases it", `class Log { watcher = watch("x"); read() {} }`, []],
    [
      "but only a private method releases it",
      `class Log { watcher = watch("x"); private close() { this.watcher.close(); } }`,
      [],
    ],
    [
      "in a method that the constructor calls",
      `class Log { constructor() { this.begin(); } begin() { this.watcher = watch("x"); } stop() { this.watcher.close(); } }`,
      ["Log: handle {stop} (it) => it.stop()"],
    ],
    [
      "in a listener that the constructor only adds",
      `class Log { constructor() { process.on("input", () => this.#begin()); } #begin() { this.watcher = watch("x"); } stop() { this.watcher.close(); } }`,
      [],
    ],
    [
      "in a field that is a function",
      `class Log { #onInput = () => { this.watcher = watch("x"); }; constructor() { process.on("input", this.#onInput); } stop() { this.watcher.close(); } }`,
      [],
    ],
    [
      "which another closing method ends as well",
      `class Log { #watcher = watch("x"); close() { this.#watcher.close(); } dispose() { this.close(); } }`,
      ["Log: handle {close,dispose} (it) => it.close()"],
    ],
    [
      "which a hidden method ends",
      `class Job { constructor() { this.child = spawn("x"); } kill() { if (ready) this.#end(); } #end() { this.child.kill(); } }`,
      ["Job: handle {kill} (it) => it.kill()"],
    ],
    [
      "in a member of an object",
      `class Log { constructor() { this.state = { watcher: watch("x"), n: 0 }; } stop() { this.state.watcher.close(); } }`,
      ["Log: handle {stop} (it) => it.stop()"],
    ],
    [
      "in one of several objects",
      `class Log { constructor() { this.all = [watch("x")]; } stop() { this.all[0].close(); } }`,
      [],
    ],
    [
      "which leads a group of its own",
      `class Job { #child = spawn("x", [], { detached: true }); kill() { this.#child.kill(); } }`,
      ["Job: handle {kill} (it) => it.kill()"],
    ],
    [
      "but unreferenced",
      `class Job { constructor() { this.child = spawn("x", [], { detached: true }); this.child.unref(); } kill() { this.child.kill(); } }`,
      [],
    ],
    [
      "for the classes that extend it",
      `class Log { watcher = watch("x"); close() { this.watcher.close(); } }
       class Errors extends Log { read() {} } class Muted extends Log { close() {} }
       class Loud extends Log { close() { super.close(); } }`,
      [
        "Errors: handle {close} (it) => it.close()",
        "Log: handle {close} (it) => it.close()",
        "Loud: handle {close} (it) => it.close()",
      ],
    ],
    [
      "but somebody may have given it",
      `class Log { constructor(given) { this.w = given ?? watch("x"); } close() { this.w.close(); } }`,
      [],
    ],
  ]);
});

describe("a method leaves what it acquires to its instance", () => {
  const api = (more: string): string => `class Api { ${more} close() { this.server?.close(); } }`;
  table([
    [
      "under a name that says so",
      api(`listen(port) { this.server = createServer().listen(port); }`),
      ["Api.prototype.listen: handle receiver (it) => it.close()"],
    ],
    [
      "through a hidden one",
      api(`async start() { await this.#up(); } async #up() { this.server = createServer(); await ready(); }`),
      ["Api.prototype.start: handle receiver (it) => it.close()"],
    ],
    [
      "of a class that extends it",
      `${api(`listen(port) { this.server = createServer().listen(port); }`)}
       class Logs extends Api {} class None extends Api { listen() {} }`,
      [
        "Api.prototype.listen: handle receiver (it) => it.close()",
        "Logs.prototype.listen: handle receiver (it) => it.close()",
      ],
    ],
    [
      "of the instance in a field of another class",
      `${api(`listen(port) { this.server = createServer().listen(port); }`)}
       class App { #api = new Api(); async start() { await this.#api.listen(0); } stop() { this.#api.close(); } }`,
      [
        "Api.prototype.listen: handle receiver (it) => it.close()",
        "App.prototype.start: handle receiver (it) => it.stop()",
      ],
    ],
    [
      "and a factory hands out the instance",
      `${api(`listen(port) { this.server = createServer().listen(port); }`)}
       async function serve() { const api = new Api(); await api.listen(0); return api; }`,
      [
        "Api.prototype.listen: handle receiver (it) => it.close()",
        "serve: promise {close} (it) => it.close()",
      ],
    ],
    ["but is asked for something", api(`read() { this.server = createServer(); return 1; }`), []],
    [
      "but waits for the end",
      `class Job { async start() { this.child = spawn("x"); await new Promise((r) => this.child.on("close", r)); }
        stop() { this.child.kill(); } }`,
      [],
    ],
    ["but nobody releases it", `class Api { listen() { this.server = createServer(); } read() {} }`, []],
  ]);
});

describe("nothing is inferred where somebody else may have it", () => {
  table([
    ["given or made", `function serve(given) { const s = given ?? createServer(); return s; }`, []],
    [
      "given or made later",
      `function serve(given) { let s = given; if (!s) s = createServer(); return s; }`,
      [],
    ],
    ["from a pool or made", `function take() { if (pool.length) return pool.pop(); return spawn("x"); }`, []],
    ["kept by the module", `let last; function start() { last = spawn("x"); return last; }`, []],
    [
      "kept in a collection",
      `const all = []; function start() { const c = spawn("x"); all.push(c); return c; }`,
      [],
    ],
    ["kept by the instance", `class A { start() { this.c = spawn("x"); return this.c; } }`, []],
    [
      "ended by a hook",
      `function start() { const c = spawn("x"); process.on("exit", () => c.kill()); return c; }`,
      [],
    ],
    [
      "ended by a signal",
      `function start(signal) { const c = spawn("x"); signal.addEventListener("abort", () => c.kill()); return c; }`,
      [],
    ],
    ["unreferenced", `function start() { const c = spawn("x"); c.unref(); return c; }`, []],
    ["detached", `function start() { return spawn("x", [], { detached: true }); }`, []],
    ["remembered", `const start = memoize(() => spawn("x"));`, []],
    [
      "waited for",
      `function run() { return new Promise((resolve) => { spawn("x").on("close", resolve); }); }`,
      [],
    ],
    [
      "released before it is returned",
      `function run() { const s = createServer(); s.close(); return s; }`,
      [],
    ],
    [
      "hidden behind something that cannot release it",
      `function start() { const c = spawn("x"); return { write: (t) => c.stdin.write(t) }; }`,
      [],
    ],
    ["functions that call each other", `function a() { return b(); }\nfunction b() { return a(); }`, []],
  ]);
});

describe("a call of such a function is an acquisition", () => {
  const start = `function start() { const child = spawn("x"); return { child, stop() { child.kill(); } }; }\n`;
  const serve = `async function serve() { const s = createServer(); return { async close() { await log(); s.close(); } }; }\n`;
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "released on success only",
      `${start}async function f() { const app = start(); await work(); app.stop(); }`,
      ["local -> scope safe"],
    ],
    [
      "let go of before a release that must not run twice",
      `${serve}async function f() { const app = await serve(); await work(); await app.close(); }`,
      ["local -> guard safe"],
    ],
    [
      "taken apart, and its release must not run twice",
      `${serve}async function f() { const { close } = await serve(); await work(); await close(); }`,
      ["local: no-scope"],
    ],
    [
      "taken apart",
      `${start}async function f() { const { child, stop } = start(); await work(child.pid); stop(); }`,
      ["local -> scope safe"],
    ],
    [
      "released in finally",
      `${start}async function f() { const { stop } = start(); try { await work(); } finally { stop(); } }`,
      ["held: released-in-finally"],
    ],
    [
      "registered",
      `${start}async function f(t) { const app = start(); t.after(app.stop); await work(); }`,
      ["held: registered-for-cleanup"],
    ],
    [
      "released through its member",
      `${start}async function f() { const app = start(); try { await work(); } finally { app.child.kill(); } }`,
      ["held: released-in-finally"],
    ],
    [
      "handed on",
      `${start}async function f() { const app = start(); await work(); return app; }`,
      ["moved-out -> guard safe"],
    ],
    [
      "stored by a class that releases it",
      `${start}class A { app = start(); close() { this.app.stop(); } }`,
      ["field: owned-by-class"],
    ],
    [
      "adopted already",
      `${start}async function f() { await using ctx = new ResourceContext();
        const app = ctx.adopt(start(), (it) => it.stop()); await work(); app.stop(); }`,
      ["held: owned-by-context"],
    ],
    [
      "lent to a function that gives back a callback",
      `${serve}function each(it) { return (file) => it.log(file); }
        async function f(files) { const app = await serve(); try { files.map(each(app)); await work(); } finally { await app.close(); } }`,
      ["held: released-in-finally"],
    ],
    [
      "lent to a function that gives back something that is kept",
      `${serve}function each(it) { return (file) => it.log(file); }
        async function f() { const app = await serve(); const one = each(app); await work(); return one; }`,
      ["moved-out -> guard safe"],
    ],
    [
      "lent to a function that adds a listener which must not release it again",
      `${serve}function onSignal(it) { disk.once("full", () => it.close()); }
        async function f() { const app = await serve(); onSignal(app); await work(); await app.close(); }`,
      ["local: no-scope"],
    ],
    [
      "that made a child with a group of its own",
      `class Job { #child = spawn("x", [], { detached: true }); kill() { this.#child.kill(); } }
        async function f() { const job = new Job(); await work(); job.kill(); }`,
      ["local -> scope likely"],
    ],
    [
      "a function that releases",
      `function poll() { const t = setInterval(work, 10); return () => clearInterval(t); }
        async function f() { const stop = poll(); await work(); stop(); }`,
      ["local -> scope safe"],
    ],
  ];
  it.each(rows)("%s", (_, body, expected) => expect(calls(body)).toEqual(expected));

  const api = `class Api { listen(port) { this.server = createServer().listen(port); } close() { this.server.close(); } }\n`;
  const begun: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "released on success only",
      `async function f() { const a = new Api(); a.listen(0); await work(); a.close(); }`,
      ["local -> guard safe"],
    ],
    [
      "released in finally",
      `async function f() { const a = new Api(); a.listen(0); try { await work(); } finally { a.close(); } }`,
      ["held: released-in-finally"],
    ],
    [
      "handed on",
      `async function f() { const a = new Api(); a.listen(0); await work(); return a; }`,
      ["moved-out -> guard safe"],
    ],
    ["left", `const a = new Api(); a.listen(0);`, ["root: lives-with-program"]],
    ["somebody else's", `function f(a) { a.listen(0); }`, []],
    ["only made", `async function f() { const a = new Api(); await work(); }`, []],
    [
      "of a field",
      `class App { a = new Api(); start() { this.a.listen(0); } stop() { this.a.close(); } }`,
      ["field: owned-by-class"],
    ],
    [
      "of a field that may hold another one",
      `class App { a = new Api(); constructor(given) { this.a = given; } start() { this.a.listen(0); } }`,
      [],
    ],
  ];
  it.each(begun)("begun by a method, %s", (_, body, expected) => expect(calls(api + body)).toEqual(expected));
});

it("a finding says through which functions it acquires", () => {
  const unit = parsed(
    `function start() { return spawn("x"); }\nasync function f() { const c = start(); await g(); c.kill(); }`,
  );
  const inferredOf = lookupIn(unit.path, summariesOf(unit), nothingInferred);
  const [, site] = findAcquisitions(unit, noExports, inferredOf);
  expect(site?.acquisition.api).toBe("src/app.ts#start");
  expect(site?.inferred?.chain).toEqual(["src/app.ts#start", "node:child_process#spawn"]);
});
