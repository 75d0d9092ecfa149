import * as cp from "node:child_process";
import * as fs from "node:fs";
import type * as http from "node:http";
import * as net from "node:net";
import type * as lines from "node:readline";
import type * as threads from "node:worker_threads";
import { opening, watchingFile } from "./acquire/files.js";
import { holding } from "./acquire/holding.js";
import { executing, startingProcess } from "./acquire/processes.js";
import {
  makingTemp,
  makingTempSync,
  type TempAdoption,
  tempDirs,
  tempFiles,
  temporary,
} from "./acquire/temp.js";
import { oneShot, repeating } from "./acquire/timers.js";
import { running, working } from "./acquire/work.js";
import { AdoptingContext } from "./adopting.js";
import { keepOf } from "./keep.js";
import { builtin } from "./lazy.js";
import { processPolicy } from "./policies/process.js";
import { readlinePolicy } from "./policies/readline.js";
import { serverPolicy } from "./policies/server.js";
import { socketPolicy } from "./policies/socket.js";
import { streamPolicy } from "./policies/stream.js";
import { watcherPolicy } from "./policies/watcher.js";
import { spawning } from "./spawn.js";
import type { TempOptions } from "./temp/create.js";

/** A path, in each way that Node takes one. */
export type Place = string | Buffer | URL;

const processes = { kind: "process", policyFor: processPolicy } as const;
const streams = { kind: "stream", policyFor: streamPolicy } as const;
const servers = { kind: "server", policyFor: serverPolicy } as const;
const sockets = { kind: "socket", policyFor: socketPolicy } as const;
const watchers = { kind: "watcher", policyFor: watcherPolicy } as const;
const readers = { kind: "readline", policyFor: readlinePolicy } as const;

/**
 * The functions of Node that bring a resource to life, with every overload and the same errors; what they give back is
 * held. They throw `ContextClosedError` when the context is disposed, and `LimitExceededError` when a limit of
 * `configure` is reached, before anything is acquired.
 */
export abstract class AcquiringContext extends AdoptingContext {
  abstract readonly signal: AbortSignal;

  /** `child_process.spawn`, with the child in its own process group and held. */
  get spawn(): typeof cp.spawn {
    return startingProcess(
      spawning((child) => this.process(child)),
      keepOf(this),
    );
  }

  /** `child_process.exec`; on a timeout all that the command started is ended, not the shell alone. */
  get exec(): typeof cp.exec {
    return executing(cp.exec, keepOf(this));
  }

  /** `child_process.execFile`, also for `util.promisify`. */
  get execFile(): typeof cp.execFile {
    return executing(cp.execFile, keepOf(this));
  }

  /** `child_process.fork`. */
  get fork(): typeof cp.fork {
    return holding(cp.fork, keepOf(this), processes);
  }

  /** `fs.promises.open`; waits, at most 10 s, while the process has too many open files. */
  get open(): typeof fs.promises.open {
    return opening(keepOf(this), () => this.signal);
  }

  /** `fs.createWriteStream`. */
  get createWriteStream(): typeof fs.createWriteStream {
    return holding(fs.createWriteStream, keepOf(this), streams);
  }

  /** `fs.createReadStream`. */
  get createReadStream(): typeof fs.createReadStream {
    return holding(fs.createReadStream, keepOf(this), streams);
  }

  /** `fs.promises.mkdtemp`; the folder is removed even when the process is killed, by the next one that makes some. */
  get mkdtemp(): typeof fs.promises.mkdtemp {
    return makingTemp(keepOf(this));
  }

  /** `fs.mkdtempSync`, in the same way. */
  get mkdtempSync(): typeof fs.mkdtempSync {
    return makingTempSync(keepOf(this));
  }

  /** `http.createServer`. Those of other modules are handed over: `ctx.server(https.createServer(options))`. */
  get createServer(): typeof http.createServer {
    return holding(builtin("node:http").createServer, keepOf(this), servers);
  }

  /** `net.connect`. Those of other modules are handed over: `ctx.socket(tls.connect(443, host))`. */
  get connect(): typeof net.connect {
    return holding(net.connect, keepOf(this), sockets);
  }

  /** `setTimeout`, held until it fires; `util.promisify` of it is rejected with an `AbortError` on disposal. */
  get setTimeout(): typeof globalThis.setTimeout {
    return oneShot(globalThis.setTimeout, keepOf(this), 2);
  }

  /** `setImmediate`, in the same way. */
  get setImmediate(): typeof globalThis.setImmediate {
    return oneShot(globalThis.setImmediate, keepOf(this), 1);
  }

  /** `setInterval`, held until it is cleared. */
  get setInterval(): typeof globalThis.setInterval {
    return repeating(globalThis.setInterval, keepOf(this));
  }

  /** `fs.watch`. */
  get watch(): typeof fs.watch {
    return holding(fs.watch, keepOf(this), watchers);
  }

  /** `fs.watchFile`; each listener is held by itself. */
  get watchFile(): typeof fs.watchFile {
    return watchingFile(keepOf(this));
  }

  /** `readline.createInterface`; its input stays open. */
  get createInterface(): typeof lines.createInterface {
    return holding(builtin("node:readline").createInterface, keepOf(this), readers);
  }

  /** Holds a temporary file, which is removed; or makes one and gives back its path: `ctx.tempFile({ suffix: ".txt" })`. */
  tempFile<T extends Place | null | undefined>(file: T, care?: TempAdoption): T;
  tempFile(options?: TempOptions): string;
  tempFile<T>(file: T, care?: TempAdoption): T;
  tempFile(...given: readonly [unknown?, TempAdoption?]): unknown {
    return temporary(keepOf(this), given, tempFiles);
  }

  /** Holds a temporary folder, which is removed with all that is in it; or makes one: `ctx.tempDir()`. */
  tempDir<T extends Place | null | undefined>(folder: T, care?: TempAdoption): T;
  tempDir(options?: TempOptions): string;
  tempDir<T>(folder: T, care?: TempAdoption): T;
  tempDir(...given: readonly [unknown?, TempAdoption?]): unknown {
    return temporary(keepOf(this), given, tempDirs);
  }

  /** Holds a worker thread, which is terminated; or starts one from its file. */
  worker(file: string | URL, options?: threads.WorkerOptions): threads.Worker;
  worker<T>(worker: T): T;
  worker(given: unknown, options?: threads.WorkerOptions): unknown {
    return working(keepOf(this), given, options);
  }

  /**
   * Holds work that is under way. When the context is released, `controller` is aborted and the end of the work is waited
   * for, at most 30 s. Without a controller the promise is not touched, so a rejection that nobody handles stays one.
   * Given a function, it is called with a signal that is aborted when the context is released.
   */
  task<T>(body: (signal: AbortSignal) => T | PromiseLike<T>): Promise<T>;
  task<T>(promise: T, controller?: { abort(): void }): T;
  task(given: unknown, controller?: { abort(): void }): unknown {
    return running(keepOf(this), given, controller);
  }
}
