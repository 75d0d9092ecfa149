import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt } from "./helpers.js";
import { cacheFolder, compiler, installCompilers, TYPESCRIPTS } from "./installed.js";

const BODY = `
export async function work(): Promise<number | undefined> {
  await using ctx = new ResourceContext({ resourceTimeout: 1_000 });
  const child = ctx.process(spawn("true", { stdio: ["ignore", "pipe", "ignore"] }));
  const output: Readable = child.stdout;
  const none: null = child.stdin;
  const piped: Writable = ctx.spawn("cat").stdin;
  const silent: null = ctx.spawn("cat", [], { stdio: ["ignore", "ignore", "ignore"] }).stdout;
  const promise = ctx.process(promisify(execFile)("true"));
  const { stdout }: { stdout: string } = await promise;
  const server: Server = ctx.server(createServer());
  const timer: NodeJS.Timeout = ctx.timer(setTimeout(() => {}, 1));
  const folder: string = ctx.tempDir("/tmp/none");
  const port: { readonly number: 80 } = ctx.adopt({ number: 80 } as const, ({ number }) => void number);
  using inner = ctx.use(new ResourceContext());
  const failed: CleanupError | undefined = inner.cleanupError;
  const stopped: AbortSignal = ctx.signal;
  ctx.disown(child);
  acquire(ctx);
  void [output, none, piped, silent, stdout, server, timer, folder, port, failed, stopped];
  return ResourceContext.run(async (inside) => inside.process(child).pid);
}
function acquire(ctx: ResourceContext): void {
  const piped: Readable = ctx.execFile("true", ["a"], (error, stdout: string) => void [error, stdout]).stdout ?? never();
  const bytes: Promise<{ stdout: Buffer; stderr: Buffer }> = promisify(ctx.exec)("true", { encoding: "buffer" });
  const text: Promise<{ stdout: string; stderr: string }> = promisify(ctx.execFile)("true", ["a"]);
  const handle: Promise<FileHandle> = ctx.open("a", "w", 0o600);
  const log: WriteStream = ctx.createWriteStream("log", { flags: "a" });
  const source: ReadStream = ctx.createReadStream("log", { start: 1 });
  const made: Promise<string> = ctx.mkdtemp("job-");
  const file: string = ctx.tempFile({ suffix: ".txt", secret: true });
  const held: "a" = ctx.tempFile("a", { secret: true });
  const maybe: string | undefined = ctx.tempDir(process.env["FOLDER"]);
  const unknown: unknown = ctx.tempDir(JSON.parse("1"));
  const server: Server = ctx.createServer((request, response) => void response.end(request.url));
  const socket: Socket = ctx.connect({ port: 1, host: "localhost" });
  const timer: NodeJS.Timeout = ctx.setTimeout((name: string) => void name, 1, "name");
  const pause: Promise<number> = promisify(ctx.setTimeout)(1, 7);
  const watcher: FSWatcher = ctx.watch(".", { recursive: true }, (event) => void event);
  const worker: Worker = ctx.worker(new URL("file:///worker.js"), { workerData: 1 });
  const same: Worker = ctx.worker(worker);
  const reader: Interface = ctx.createInterface({ input: source });
  const done: Promise<boolean> = ctx.task(async (signal) => signal.aborted);
  const task: Promise<number> = ctx.task(pause, new AbortController());
  const child: ResourceContext = ctx.child({ name: "jobs" }).parallel({ concurrency: 4 });
  const manager = new ResourceManager({ limits: { file: { max: 2 } } });
  const opened: Promise<{ port: number }> = manager.acquire("port", () => ({ port: 1 }), ({ port }) => void port);
  const length: Promise<number> = withTempFile((path) => path.length, { suffix: ".txt" });
  const chain: unknown = ctx.cleanupError?.toSuppressedError();
  void [piped, bytes, text, handle, log, made, file, held, maybe, unknown, server, socket, timer, watcher, same];
  void [reader, done, task, child, opened, length, chain];
}
function never(): never {
  throw new Error();
}
export async function older(): Promise<void> {
  const ctx = new ResourceContext();
  try {
    ctx.defer(() => {});
  } finally {
    await ctx.disposeAsync();
  }
}
`;
const IMPORTS = `
import { execFile, spawn } from "node:child_process";
import type { FSWatcher, ReadStream, WriteStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
`;
const ESM = `${IMPORTS}import { type CleanupError, ResourceContext, ResourceManager, withTempFile } from "resource-context";\n${BODY}`;

const folder = path.join(cacheFolder, "resource-context-types");
const all = TYPESCRIPTS.flatMap((version) =>
  [["es2022"], ["es2022", "esnext.disposable"]].map((lib) => ({ version, lib })),
);
// The oldest and the newest say most; RUNTIME_TESTS=full asks all of them.
const isFull = process.env["RUNTIME_TESTS"] === "full";
const versions = isFull ? all : [all[0], all[all.length - 1]].filter((one) => one !== undefined);

beforeAll(async () => {
  await Promise.all([ensureBuilt(), installCompilers()]);
  fs.mkdirSync(folder, { recursive: true });
  // The same text is a module of each kind, by its name.
  fs.writeFileSync(path.join(folder, "consumer.mts"), ESM);
  fs.writeFileSync(path.join(folder, "consumer.cts"), ESM);
}, 180_000);

// One after the other: a compiler takes a core and a second or two, and a minute on a machine that is busy.
describe("declarations, with skipLibCheck off", { timeout: 180_000 }, () => {
  it.each(versions)("are good for TypeScript $version with $lib", async ({ version, lib }) => {
    const options = {
      target: "es2022",
      module: "node16",
      moduleResolution: "node16",
      strict: true,
      noEmit: true,
    };
    const config = path.join(folder, `tsconfig.${version}.${lib.length}.json`);
    const compilerOptions = { ...options, lib, types: ["node"], skipLibCheck: false };
    fs.writeFileSync(config, JSON.stringify({ compilerOptions, files: ["consumer.mts", "consumer.cts"] }));
    expect(await compile(version, config)).toBe("");
  });
});

function compile(version: string, config: string): Promise<string> {
  return new Promise((resolve) => {
    cp.execFile(process.execPath, [compiler(version), "-p", config], (_error, stdout) => resolve(stdout));
  });
}
