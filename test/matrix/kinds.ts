/** How each kind of resource is written in the programs of the matrix. `X` stands for the handle. */
export interface KindTemplate {
  readonly id: string;
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
}

function kind(
  id: string,
  rest: Pick<KindTemplate, "imports" | "acquire" | "type" | "releaseNow"> & Partial<KindTemplate>,
): KindTemplate {
  const release = `${rest.releaseNow ?? ""};`;
  return { id, isAsync: false, outlives: false, using: null, release, ...rest };
}

export const kindTemplates: readonly KindTemplate[] = [
  kind("file-write", { imports: [], acquire: "", type: "void", releaseNow: null }),
  kind("child-process", {
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
    imports: [`import { createWriteStream, type WriteStream } from "node:fs";`],
    acquire: `createWriteStream(file("upload.log"))`,
    type: "WriteStream",
    releaseNow: "X.end()",
  }),
  kind("read-stream", {
    imports: [`import { createReadStream, type ReadStream } from "node:fs";`],
    acquire: `createReadStream(file("upload.txt"))`,
    type: "ReadStream",
    releaseNow: "X.destroy()",
  }),
  kind("file-handle", {
    imports: [`import { open, type FileHandle } from "node:fs/promises";`],
    acquire: `open(file("upload.txt"))`,
    isAsync: true,
    type: "FileHandle",
    release: "await X.close();",
    releaseNow: null,
    using: "await using",
  }),
  kind("descriptor", {
    imports: [`import { closeSync, openSync } from "node:fs";`],
    acquire: `openSync(file("upload.txt"), "r")`,
    type: "number",
    releaseNow: "closeSync(X)",
  }),
  kind("folder-handle", {
    imports: [`import type { Dir } from "node:fs";`, `import { opendir } from "node:fs/promises";`],
    acquire: `opendir(folder())`,
    isAsync: true,
    type: "Dir",
    release: "await X.close();",
    releaseNow: null,
  }),
  kind("temp-folder", {
    imports: [`import { mkdtemp, rm } from "node:fs/promises";`],
    acquire: `mkdtemp(file("upload-"))`,
    isAsync: true,
    type: "string",
    release: "await rm(X, { recursive: true, force: true });",
    releaseNow: null,
    outlives: true,
  }),
  kind("temp-folder-sync", {
    imports: [`import { mkdtempSync, rmSync } from "node:fs";`],
    acquire: `mkdtempSync(file("upload-"))`,
    type: "string",
    releaseNow: "rmSync(X, { recursive: true, force: true })",
    outlives: true,
  }),
  kind("net-server", {
    imports: [`import { createServer, type Server } from "node:net";`],
    acquire: `createServer((peer) => peer.end()).listen(0)`,
    type: "Server",
    releaseNow: "X.close()",
    using: "await using",
  }),
  kind("http-server", {
    imports: [`import { createServer, type Server } from "node:http";`],
    acquire: `createServer((_request, response) => response.end()).listen(0)`,
    type: "Server",
    releaseNow: "X.close()",
  }),
  kind("socket", {
    imports: [`import { connect, type Socket } from "node:net";`],
    acquire: `connect(port())`,
    type: "Socket",
    releaseNow: "X.destroy()",
  }),
  kind("interval", {
    imports: [],
    acquire: `setInterval(() => undefined, 60_000)`,
    type: "NodeJS.Timeout",
    releaseNow: "clearInterval(X)",
    using: "using",
  }),
  kind("watcher", {
    imports: [`import { watch, type FSWatcher } from "node:fs";`],
    acquire: `watch(folder())`,
    type: "FSWatcher",
    releaseNow: "X.close()",
  }),
  kind("worker", {
    imports: [`import { Worker } from "node:worker_threads";`],
    acquire: `new Worker("setInterval(() => undefined, 60000)", { eval: true })`,
    type: "Worker",
    release: "await X.terminate();",
    releaseNow: null,
  }),
];
