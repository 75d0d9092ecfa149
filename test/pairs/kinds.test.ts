import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { kinds } from "../../src/catalogue/kinds.js";
import type { Kind } from "../../src/types.js";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor, put } from "../support/project.js";

/**
 * One program per kind, run as it was and as it is rewritten, with the real package: what a failure leaves behind is
 * counted from outside of the program's own variables. Children and file writes have tests of their own. Databases need
 * `node:sqlite`, browsers a Chromium of the system.
 */
interface Case {
  readonly kind: Kind;
  readonly imports: string;
  readonly acquire: string;
  readonly use?: string;
  readonly release: string;
  /** How many there are now. */
  readonly count: string;
  readonly packages?: readonly string[];
  readonly safety?: "likely";
  /** A module that not every Node has, or the path of a program. */
  readonly needs?: string;
}

const active = (name: string): string =>
  `process.getActiveResourcesInfo().filter((one) => one === "${name}").length`;
const descriptors = `fs.readdirSync("/proc/self/fd").filter((fd) => {
  try { return fs.readlinkSync("/proc/self/fd/" + fd).startsWith(folder); } catch { return false; }
}).length`;
const connections = `await new Promise((done) => peer.getConnections((_, n) => done(n)))`;
const peer = `import net from "node:net";
const peer = net.createServer((socket) => socket.on("error", () => {}).resume()).listen(0);
await new Promise((done) => peer.once("listening", done));
const port = peer.address().port;`;
const folder = `import fs from "node:fs";
import path from "node:path";
const folder = fs.mkdtempSync(path.join(process.env.PAIR_FOLDER, "in-"));
fs.writeFileSync(path.join(folder, "a.log"), "log");`;
const chromium = "/usr/bin/chromium";
const closes = "await it.close();";

const cases: Readonly<Record<string, Case>> = {
  "a stream": {
    kind: "stream",
    imports: folder,
    acquire: `fs.createWriteStream(path.join(folder, "b.log"))`,
    use: `it.write("a");`,
    release: "it.end();",
    count: descriptors,
  },
  "a file handle": {
    kind: "file-handle",
    imports: folder,
    acquire: `await fs.promises.open(path.join(folder, "a.log"))`,
    release: closes,
    count: descriptors,
  },
  "a descriptor": {
    kind: "file-handle",
    imports: folder,
    acquire: `fs.openSync(path.join(folder, "a.log"))`,
    release: "fs.closeSync(it);",
    count: descriptors,
  },
  "an opened folder": {
    kind: "file-handle",
    imports: folder,
    acquire: `await fs.promises.opendir(folder)`,
    release: closes,
    count: descriptors,
  },
  "a temporary folder": {
    kind: "temp-dir",
    imports: folder,
    acquire: `await fs.promises.mkdtemp(path.join(folder, "temp-"))`,
    release: `await fs.promises.rm(it, { recursive: true });`,
    count: "fs.readdirSync(folder).length",
  },
  "a temporary file of tmp": {
    kind: "temp-file",
    imports: `${folder}\nimport tmp from "tmp";`,
    acquire: `tmp.fileSync({ tmpdir: folder })`,
    use: "it.name;",
    release: "it.removeCallback();",
    count: "fs.readdirSync(folder).length",
    packages: ["tmp"],
  },
  "a server": {
    kind: "server",
    imports: `import http from "node:http";`,
    acquire: `http.createServer().listen(0)`,
    release: "it.close();",
    count: active("TCPServerWrap"),
  },
  "a server of ws": {
    kind: "server",
    imports: `import { WebSocketServer } from "ws";`,
    acquire: `new WebSocketServer({ port: 0 })`,
    release: "it.close();",
    count: active("TCPServerWrap"),
    packages: ["ws"],
  },
  "a socket": {
    kind: "socket",
    imports: peer,
    acquire: `net.connect(port)`,
    release: "it.destroy();",
    count: connections,
  },
  "a request": {
    kind: "request",
    imports: `${peer}\nimport http from "node:http";`,
    acquire: `http.get({ port })`,
    use: `it.on("error", () => {});`,
    release: "it.destroy();",
    count: connections,
  },
  "an agent": {
    kind: "pool",
    imports: `${peer}\nimport http from "node:http";`,
    acquire: "new http.Agent({ keepAlive: true })",
    use: `http.get({ port, agent: it }).on("error", () => {});`,
    release: "it.destroy();",
    count: connections,
  },
  "a pool of undici": {
    kind: "pool",
    imports: `${peer}\nimport { Pool } from "undici";`,
    acquire: "new Pool(`http://localhost:${port}`)",
    use: `it.request({ path: "/", method: "GET" }).catch(() => {});`,
    release: "await it.destroy();",
    count: connections,
    packages: ["undici"],
  },
  "a channel": {
    kind: "connection",
    imports: `import "node:process";`,
    acquire: `new BroadcastChannel("log")`,
    use: "it.onmessage = () => {};",
    release: "it.close();",
    count: active("MessagePort"),
  },
  "an interval": {
    kind: "timer",
    imports: "",
    acquire: `setInterval(() => {}, 60_000)`,
    release: "clearInterval(it);",
    count: active("Timeout"),
  },
  "a watcher": {
    kind: "watcher",
    imports: folder,
    acquire: `fs.watch(folder)`,
    release: "it.close();",
    count: active("FSEventWrap"),
  },
  "a worker": {
    kind: "worker",
    imports: `import { Worker } from "node:worker_threads";
const beats = new Int32Array(new SharedArrayBuffer(4));
const code = 'const { workerData } = require("node:worker_threads"); setInterval(() => Atomics.add(workerData, 0, 1), 2)';
const isBeating = async () => { const last = beats[0]; await pause(100); return Number(beats[0] > last); };`,
    acquire: "new Worker(code, { eval: true, workerData: beats })",
    release: "await it.terminate();",
    count: "await isBeating()",
  },
  "the ports of a channel": {
    kind: "worker",
    imports: `import { MessageChannel } from "node:worker_threads";`,
    acquire: `new MessageChannel()`,
    use: `it.port1.on("message", () => {});`,
    release: "it.port1.close();",
    count: active("MessagePort"),
  },
  "a line reader": {
    kind: "readline",
    imports: `import { createInterface } from "node:readline";\nimport { PassThrough } from "node:stream";\nconst input = new PassThrough();`,
    acquire: `createInterface({ input })`,
    release: "it.close();",
    count: `input.listenerCount("data")`,
  },
  "a bundle": {
    kind: "bundle",
    imports: `import { rollup } from "rollup";\nlet open = 0;\nconst plugin = { name: "count", buildStart: () => void open++, closeBundle: () => void open--, resolveId: (id) => id, load: () => "" };`,
    acquire: `await rollup({ input: "a.js", plugins: [plugin] })`,
    release: closes,
    count: "open",
    packages: ["rollup"],
  },
  "a build context": {
    kind: "dev-server",
    imports: `import { context } from "esbuild";\nlet open = 0;\nconst plugin = { name: "count", setup(build) { open++; build.onDispose(() => open--); } };`,
    acquire: `await context({ stdin: { contents: "" }, plugins: [plugin] })`,
    release: "await it.dispose();",
    count: "open",
    packages: ["esbuild"],
  },
  "a listener": {
    kind: "listener",
    imports: `import { EventEmitter } from "node:events";\nconst bus = new EventEmitter();`,
    acquire: "() => {}",
    use: `bus.on("data", it);`,
    release: `bus.off("data", it);`,
    count: `bus.listenerCount("data")`,
    safety: "likely",
  },
  "a class with a dispose symbol": {
    kind: "disposable",
    imports: `let open = 0;
class Gate {
  constructor() { open += 1; }
  close() { open -= 1; }
  async [Symbol.asyncDispose]() { this.close(); }
}`,
    acquire: "new Gate()",
    release: "it.close();",
    count: "open",
  },
  "a database": {
    kind: "database",
    imports: `${folder}\nimport { DatabaseSync } from "node:sqlite";`,
    acquire: `new DatabaseSync(path.join(folder, "b.db"))`,
    use: `it.exec("create table if not exists logs (line text)");`,
    release: "it.close();",
    count: descriptors,
    needs: "node:sqlite",
  },
  "a terminal": {
    kind: "terminal",
    imports: `import xterm from "@xterm/headless";
let open = 0;
const gone = new WeakSet();
const { dispose } = xterm.Terminal.prototype;
xterm.Terminal.prototype.dispose = function () {
  if (!gone.has(this)) open -= 1;
  gone.add(this);
  dispose.call(this);
};
const size = () => ({ cols: 80, rows: 24, tabStopWidth: (open += 1) && 8 });`,
    acquire: "new xterm.Terminal(size())",
    release: "it.dispose();",
    count: "open",
    packages: ["@xterm/headless"],
  },
  "a browser": {
    kind: "browser",
    imports: `import { chromium } from "playwright-core";`,
    acquire: `await chromium.launch({ executablePath: "${chromium}", args: ["--no-sandbox"] })`,
    release: closes,
    count: active("ProcessWrap"),
    packages: ["playwright-core"],
    needs: chromium,
  },
  "a lock": {
    kind: "lock",
    imports: `${folder}\nimport lockfile from "proper-lockfile";\nconst file = path.join(folder, "a.log");`,
    acquire: `await lockfile.lock(file)`,
    release: "await it();",
    count: "Number(await lockfile.check(file))",
    packages: ["proper-lockfile"],
  },
};

const repository = join(import.meta.dirname, "../..");
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "kinds-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** Succeeds once and fails once; says how many are left each time. */
function programOf({ imports, acquire, use = "", release, count }: Case): string {
  return `${imports}

async function work(step) {
  const it = ${acquire};
  ${use}
  await step();
  ${release}
}

const count = async () => ${count};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
/** What is being released may take a moment; a handle that is waited for too long is closed by the garbage collector. */
async function left(base) {
  for (let i = 0; i < ${count === descriptors ? 3 : 40} && (await count()) > base; i++) await pause(10);
  return (await count()) - base;
}

const base = await count();
await work(() => pause(150));
console.log("success", await left(base));
await work(async () => { await pause(150); throw new Error("refused"); }).catch((error) => console.log(error.message));
console.log("failure", (await left(base)) > 0 ? "leaks" : "clean");
process.exit(0);
`;
}

function packagesIn(root: string, names: readonly string[]): void {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
  for (const name of names) {
    mkdirSync(dirname(join(root, "node_modules", name)), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), join(root, "node_modules", name));
  }
}

function run(root: string, text: string): string {
  put(root, { "run.mjs": text });
  const { stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PAIR_FOLDER: root },
    timeout: 20_000,
  });
  return stdout + stderr;
}

const isHere = ({ packages = [], count, needs }: Case): boolean =>
  (needs === undefined || isBuiltin(needs) || existsSync(needs)) &&
  packages.every((name) => existsSync(join(repository, "node_modules", name))) &&
  (count !== descriptors || existsSync("/proc/self/fd"));

describe("what a failure leaves behind, before and after", () => {
  it("is shown for every kind", () => {
    const elsewhere = ["child-process", "file-write"];
    const shown = new Set([...elsewhere, ...Object.values(cases).map(({ kind }) => kind)]);
    expect([...shown].sort()).toEqual(Object.keys(kinds).sort());
  });

  it.each(Object.entries(cases).filter(([, one]) => isHere(one)))(
    "%s",
    async (_title, one) => {
      const root = mkdtempSync(join(temporary, "pair-"));
      const before = programOf(one);
      writePackage(root, { "program.mjs": before }, { type: "module" });
      packagesIn(root, one.packages ?? []);
      const options = optionsFor(root, { syntax: "try-finally", safety: one.safety ?? "safe" });
      const [outcome] = await runPipeline({ options, files: ["program.mjs"], mockingTests: [] });
      if (outcome === undefined) throw new Error("nothing was found");
      const after = textAfter(outcome, before);
      expect(
        outcome.findings
          .filter((found) => found.decision.action === "rewrite")
          .map((found) => found.acquisition.kind),
      ).toContain(one.kind);
      expect(run(root, before)).toBe("success 0\nrefused\nfailure leaks\n");
      expect(run(root, after)).toBe("success 0\nrefused\nfailure clean\n");
    },
    60_000,
  );
});
