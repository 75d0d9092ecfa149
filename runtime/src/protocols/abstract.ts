import * as fs from "node:fs";
import { read } from "../duck.js";
import { ManagedResource } from "../managed-resource.js";
import { readRow } from "../process/table.js";
import { expectInteger, expectMethods, expectString } from "../validate.js";
import type {
  FileResourceProtocol,
  HealthCheckProtocol,
  NetworkResourceProtocol,
  ProcessResourceProtocol,
  ResourceLifecycleProtocol,
  TaskResourceProtocol,
} from "./interfaces.js";

// Subclasses say how to open (`onInitialize`) and how to close (`onClose`); being opened once, closed once and used in
// between only is taken care of.

/** A resource with a life of its own: {@link ManagedResource} under the name of the design. */
export abstract class AbstractManagedResource<T = unknown>
  extends ManagedResource<T>
  implements ResourceLifecycleProtocol<T>, HealthCheckProtocol {}

/** A resource that stands for a file. */
export abstract class AbstractFileResource<T = unknown>
  extends AbstractManagedResource<T>
  implements FileResourceProtocol
{
  readonly path: string;

  /** Throws `InvalidArgumentError` for a path that is not a string or empty. */
  constructor(path: string) {
    super();
    this.path = expectString("path", path);
  }

  /** Whether there is something at the path, now; a link to nothing is not. */
  exists(): Promise<boolean> {
    return fs.promises.stat(this.path).then(
      () => true,
      () => false,
    );
  }
}

/** A resource that stands for a process of this machine. */
export abstract class AbstractProcessResource<T = unknown>
  extends AbstractManagedResource<T>
  implements ProcessResourceProtocol
{
  readonly pid: number;
  readonly #start: string | undefined;

  /** Throws `InvalidArgumentError` for anything but a pid: 0 and negative numbers mean groups of processes. */
  constructor(pid: number) {
    super();
    this.pid = expectInteger("pid", pid, { min: 1 });
    this.#start = readRow(pid)?.start;
  }

  /** Whether it runs. On Linux, a newer process that got the same pid is not mistaken for it. */
  get isRunning(): boolean {
    if (!answers(this.pid)) return false;
    const row = readRow(this.pid);
    return row === undefined ? process.platform !== "linux" : row.start === this.#start && !row.isZombie;
  }
}

/** Whether a signal could be sent; a process of somebody else runs although it refuses ours. */
function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return read(thrown, "code") === "EPERM";
  }
}

/** A resource that stands for work under way. A rejection belongs to whoever awaits `task`; none is printed here. */
export abstract class AbstractTaskResource<T = unknown>
  extends AbstractManagedResource<T>
  implements TaskResourceProtocol<T>
{
  readonly task: Promise<T>;
  readonly #signal: AbortSignal;
  #isDone = false;

  /** `signal` is the one that cancels the task. Throws `InvalidArgumentError` for what is not a promise. */
  constructor(task: Promise<T>, signal: AbortSignal) {
    super();
    this.task = expectMethods("task", task, ["then"]);
    this.#signal = expectMethods("signal", signal, ["addEventListener"]);
    const done = (): void => void (this.#isDone = true);
    task.then(done, done);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get isCancelled(): boolean {
    return this.#signal.aborted;
  }
}

/** A resource that stands for a connection: connected while it is open, until {@link disconnect} or `close`. */
export abstract class AbstractNetworkResource<T = unknown>
  extends AbstractManagedResource<T>
  implements NetworkResourceProtocol
{
  /** A subclass whose peer can hang up looks closer. */
  get isConnected(): boolean {
    return this.state === "open";
  }

  /** Ends the connection, once. */
  disconnect(): Promise<void> {
    return this.close();
  }
}
