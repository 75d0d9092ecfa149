import { existsSync } from "node:fs";
import { isBuiltin } from "node:module";
import type { Kind } from "../../src/types.js";

/** How each kind of resource is written in the programs of the matrix. `X` stands for the handle. */
export interface KindTemplate {
  readonly id: string;
  /** The kind of the catalogue. */
  readonly kind: Kind;
  readonly imports: readonly string[];
  /** The acquiring expression without `await`. */
  readonly acquire: string;
  readonly isAsync: boolean;
  readonly type: string;
  /** A statement for async functions. */
  readonly release: string;
  /** An expression for everywhere else; null when it takes a promise to release it. */
  readonly releaseNow: string | null;
  /** It is still there when the program is gone. */
  readonly outlives: boolean;
  /** Its handles can be declared with `using` on Node 20. */
  readonly using: "using" | "await using" | null;
  /** What is done with it as soon as a function has a name for it: without, it holds nothing yet. */
  readonly use: string;
  /** The contexts that it is put into; null for all. */
  readonly contexts: readonly string[] | null;
  /** The module or the program that it needs and that is not everywhere; such a kind is in the long form only. */
  readonly needs: string | null;
}

function kind(
  id: string,
  rest: Pick<KindTemplate, "imports" | "acquire" | "type" | "releaseNow" | "kind"> & Partial<KindTemplate>,
): KindTemplate {
  const release = `${rest.releaseNow ?? ""};`;
  const defaults = { isAsync: false, outlives: false, using: null, use: "", contexts: null, needs: null };
  return { id, ...defaults, release, ...rest };
}

/** Whether a kind that needs something can be run here. */
export const isHere = ({ needs }: KindTemplate): boolean =>
  needs === null || (needs.startsWith("/") ? existsSync(needs) : isBuiltin(needs));

export const kindTemplates: readonly KindTemplate[] = [
  kind("file-write", { kind: "file-write", imports: [], acquire: "", type: "void", releaseNow: null }),
  kind("child-process", {
    kind: "child-process",
    imports: [
      `import { exec, spawn, type ChildProcess } from "node:child_process";`,
      `import { once } from "node:events";`,
      `import { promisify } from "node:util";`,
    ],
    acquire: `spawn("sleep", ["600"], { stdio: "ignore", cwd: folder() })`,
    type: "ChildProcess",
    releaseNow: "X.kill()",
    outlives: true,
  }),
  kind("write-stream", {
    kind: "stream",
    imports: [`import { createWriteStream, type WriteStream } from "node:fs";`],
    acquire: `createWriteStream(file("upload.log"))`,
    type: "WriteStream",
    releaseNow: "X.end()",
  }),
  kind("read-stream", {
    kind: "stream",
    imports: [`import { createReadStream, type ReadStream } from "node:fs";`],
    acquire: `createReadStream(file("upload.txt"))`,
    type: "ReadStream",
    releaseNow: "X.destroy()",
  }),
  kind("file-handle", {
    kind: "file-handle",
    imports: [`import { open, type FileHandle } from "node:fs/promises";`],
    acquire: `open(file("upload.txt"))`,
    isAsync: true,
    type: "FileHandle",
    release: "await X.close();",
    releaseNow: null,
    using: "await using",
  }),
  kind("descriptor", {
    kind: "file-handle",
    imports: [`import { closeSync, openSync } from "node:fs";`],
    acquire: `openSync(file("upload.txt"), "r")`,
    type: "number",
    releaseNow: "closeSync(X)",
  }),
  kind("folder-handle", {
    kind: "file-handle",
    imports: [`import type { Dir } from "node:fs";`, `import { opendir } from "node:fs/promises";`],
    acquire: `opendir(folder())`,
    isAsync: true,
    type: "Dir",
    release: "await X.close();",
    releaseNow: null,
  }),
  kind("temp-folder", {
    kind: "temp-dir",
    imports: [`import { mkdtemp, rm } from "node:fs/promises";`],
    acquire: `mkdtemp(file("upload-"))`,
    isAsync: true,
    type: "string",
    release: "await rm(X, { recursive: true, force: true });",
    releaseNow: null,
    outlives: true,
  }),
  kind("temp-folder-sync", {
    kind: "temp-dir",
    imports: [`import { mkdtempSync, rmSync } from "node:fs";`],
    acquire: `mkdtempSync(file("upload-"))`,
    type: "string",
    releaseNow: "rmSync(X, { recursive: true, force: true })",
    outlives: true,
  }),
  kind("net-server", {
    kind: "server",
    imports: [`import { createServer, type Server } from "node:net";`],
    acquire: `createServer((peer) => peer.end()).listen(0)`,
    type: "Server",
    releaseNow: "X.close()",
    using: "await using",
  }),
  kind("http-server", {
    kind: "server",
    imports: [`import { createServer, type Server } from "node:http";`],
    acquire: `createServer((_request, response) => response.end()).listen(0)`,
    type: "Server",
    releaseNow: "X.close()",
  }),
  kind("socket", {
    kind: "socket",
    imports: [`import { connect, type Socket } from "node:net";`],
    acquire: `connect(port())`,
    type: "Socket",
    releaseNow: "X.destroy()",
  }),
  kind("interval", {
    kind: "timer",
    imports: [],
    acquire: `setInterval(() => undefined, 60_000)`,
    type: "NodeJS.Timeout",
    releaseNow: "clearInterval(X)",
    using: "using",
  }),
  kind("watcher", {
    kind: "watcher",
    imports: [`import { watch, type FSWatcher } from "node:fs";`],
    acquire: `watch(folder())`,
    type: "FSWatcher",
    releaseNow: "X.close()",
  }),
  kind("worker", {
    kind: "worker",
    imports: [`import { Worker } from "node:worker_threads";`],
    acquire: `new Worker("setInterval(() => undefined, 60000)", { eval: true })`,
    type: "Worker",
    release: "await X.terminate();",
    releaseNow: null,
  }),
  kind("temp-file", {
    kind: "temp-file",
    imports: [`import { fileSync, type FileResult } from "tmp";`],
    acquire: `fileSync({ tmpdir: folder(), template: "upload-XXXXXX" })`,
    type: "FileResult",
    releaseNow: "X.removeCallback()",
    outlives: true,
  }),
  kind("line-reader", {
    kind: "readline",
    imports: [`import { createInterface, type Interface } from "node:readline";`],
    acquire: `createInterface({ input: lines() })`,
    type: "Interface",
    releaseNow: "X.close()",
  }),
  kind("terminal", {
    kind: "terminal",
    imports: [`import xterm from "@xterm/headless";`, `import type { Terminal } from "@xterm/headless";`],
    acquire: `new xterm.Terminal(screen())`,
    type: "Terminal",
    releaseNow: "X.dispose()",
  }),
  kind("bundle", {
    kind: "bundle",
    imports: [`import { rollup, type RollupBuild } from "rollup";`],
    acquire: `rollup({ input: "parcel.js", plugins: [bundling()] })`,
    isAsync: true,
    type: "RollupBuild",
    release: "await X.close();",
    releaseNow: null,
    using: "await using",
  }),
  kind("build-context", {
    kind: "dev-server",
    imports: [`import { context, type BuildContext } from "esbuild";`],
    acquire: `context({ stdin: { contents: "" }, plugins: [building()] })`,
    isAsync: true,
    type: "BuildContext",
    release: "await X.dispose();",
    releaseNow: null,
  }),
  kind("channel", {
    kind: "connection",
    imports: [`import { BroadcastChannel } from "node:worker_threads";`],
    acquire: `new BroadcastChannel("parcels")`,
    type: "BroadcastChannel",
    releaseNow: "X.close()",
  }),
  kind("request", {
    kind: "request",
    imports: [`import { get, type ClientRequest } from "node:http";`],
    acquire: `get({ port: port() }).on("error", () => undefined)`,
    type: "ClientRequest",
    releaseNow: "X.destroy()",
  }),
  kind("pool", {
    kind: "pool",
    imports: [`import { Pool } from "undici";`],
    acquire: "new Pool(`http://localhost:${port()}`)",
    type: "Pool",
    use: `void X.request({ path: "/", method: "GET" }).catch(() => undefined);`,
    release: "await X.destroy();",
    releaseNow: null,
  }),
  kind("disposable", {
    kind: "disposable",
    imports: [`import { Gate } from "../support.js";`],
    acquire: `new Gate()`,
    type: "Gate",
    releaseNow: "X.close()",
    using: "await using",
  }),
  kind("lock", {
    kind: "lock",
    imports: [`import { lock } from "proper-lockfile";`],
    acquire: `lock(fresh())`,
    isAsync: true,
    type: "() => Promise<void>",
    release: "await X();",
    releaseNow: null,
  }),
  kind("listener", {
    kind: "listener",
    imports: [`import type { EventEmitter } from "node:events";`],
    acquire: "",
    type: "void",
    releaseNow: null,
  }),
  kind("database", {
    kind: "database",
    imports: [`import { DatabaseSync } from "node:sqlite";`],
    acquire: `new DatabaseSync(file("parcels.db"))`,
    type: "DatabaseSync",
    releaseNow: "X.close()",
    needs: "node:sqlite",
  }),
  kind("browser", {
    kind: "browser",
    imports: [`import { chromium, type Browser } from "playwright-core";`],
    acquire: `chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })`,
    isAsync: true,
    type: "Browser",
    release: "await X.close();",
    releaseNow: null,
    // A browser takes a second to start.
    contexts: [
      "released-at-the-end",
      "finally",
      "returned",
      "field-set-first",
      "field-set-at-the-end",
      "wrapper",
    ],
    needs: "/usr/bin/chromium",
  }),
];
