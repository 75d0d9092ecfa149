import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { InvalidArgumentError, ResourceContext, ResourceStateError } from "../../src/index.js";
import {
  AbstractFileResource,
  AbstractManagedResource,
  AbstractNetworkResource,
  AbstractProcessResource,
  AbstractTaskResource,
} from "../../src/protocols/index.js";
import { until } from "../helpers.js";

class LogFile extends AbstractFileResource<fs.promises.FileHandle> {
  readonly kind = "log";
  protected onInitialize(): Promise<fs.promises.FileHandle> {
    return fs.promises.open(this.path, "a");
  }
  protected onClose(handle: fs.promises.FileHandle): Promise<void> {
    return handle.close();
  }
}

class Sleeper extends AbstractProcessResource<cp.ChildProcess> {
  readonly kind = "sleeper";
  constructor(readonly child: cp.ChildProcess) {
    super(child.pid ?? 0);
  }
  protected onInitialize(): cp.ChildProcess {
    return this.child;
  }
  protected onClose(child: cp.ChildProcess): Promise<void> {
    return ResourceContext.run((ctx) => void ctx.process(child));
  }
}

class Job extends AbstractTaskResource<string> {
  readonly kind = "job";
  constructor(
    task: Promise<string>,
    readonly controller: AbortController,
  ) {
    super(task, controller.signal);
  }
  protected onInitialize(): Promise<string> {
    return this.task;
  }
  protected onClose(): void {
    this.controller.abort();
  }
}

class Link extends AbstractNetworkResource<net.Socket> {
  readonly kind = "link";
  closed = 0;
  constructor(readonly port: number) {
    super();
  }
  protected onInitialize(): Promise<net.Socket> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.port, "127.0.0.1", () => resolve(socket));
      socket.on("error", reject);
    });
  }
  protected onClose(socket: net.Socket): void {
    this.closed += 1;
    socket.destroy();
  }
}

describe("AbstractManagedResource", () => {
  it("opens once, closes once, and can be used in between only", async () => {
    const calls: string[] = [];
    class Session extends AbstractManagedResource<string> {
      readonly kind = "session";
      protected onInitialize = async (): Promise<string> => (calls.push("open"), "token");
      protected onClose = (value: string): void => void calls.push(`close ${value}`);
    }
    const session = new Session();
    expect(() => session.value).toThrow(ResourceStateError);
    await Promise.all([session.initialize(), session.initialize()]);
    expect(session.value).toBe("token");
    await Promise.all([session.close(), session.close()]);
    expect(calls).toEqual(["open", "close token"]);
    expect(() => session.value).toThrow("Cannot use it: this session is closed.");
  });
});

describe("AbstractFileResource", () => {
  it("knows its path and whether there is something at it", async () => {
    await using ctx = new ResourceContext();
    const folder = ctx.tempDir(fs.mkdtempSync(path.join(os.tmpdir(), "protocols-")));
    const log = ctx.use(new LogFile(path.join(folder, "build.log")));
    expect(await log.exists()).toBe(false);
    await (await log.initialize()).write("started\n");
    expect(await log.exists()).toBe(true);
    await log.close();
    expect(fs.readFileSync(log.path, "utf8")).toBe("started\n");
  });

  it("refuses an empty path", () => {
    expect(() => new LogFile("")).toThrow('"path" must be a string that is not empty');
  });
});

describe("AbstractProcessResource", () => {
  it("knows whether its process runs", async () => {
    const sleeper = new Sleeper(cp.spawn("sleep", ["30"]));
    await sleeper.initialize();
    expect(sleeper.isRunning).toBe(true);
    await sleeper.close();
    expect(sleeper.isRunning).toBe(false);
  });

  it("does not call a process running that has ended and was not waited for", async () => {
    // A shell that started it and then became a program that waits for nobody keeps it as a zombie.
    const parent = cp.spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 30"]);
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (text) => resolve(Number(text))),
    );
    const orphan = new (class extends AbstractProcessResource {
      readonly kind = "zombie";
      protected onInitialize(): void {}
      protected onClose(): void {}
    })(pid);
    expect(orphan.isRunning).toBe(true);
    expect(await until(() => !orphan.isRunning)).toBe(true);
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill("SIGKILL");
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %s as a pid, which would mean a group", (pid) => {
    expect(() => new Sleeper({ ...cp.spawnSync("true"), pid } as never)).toThrow(InvalidArgumentError);
  });
});

describe("AbstractTaskResource", () => {
  it("knows whether its task is done and whether it was cancelled", async () => {
    const controller = new AbortController();
    const task = new Promise<string>((_, reject) =>
      controller.signal.addEventListener("abort", () => reject(new Error("cancelled"))),
    );
    const job = new Job(task, controller);
    expect([job.isDone, job.isCancelled]).toEqual([false, false]);
    const opening = expect(job.initialize()).rejects.toThrow("cancelled");
    controller.abort();
    await opening;
    expect([job.isDone, job.isCancelled]).toEqual([true, true]);
  });

  it("refuses what is not a promise or not a signal", () => {
    expect(() => Reflect.construct(Job, ["done", new AbortController()])).toThrow('"task" must be');
    expect(() => Reflect.construct(Job, [Promise.resolve(), {}])).toThrow('"signal" must be');
  });
});

describe("AbstractNetworkResource", () => {
  it("is connected while it is open, and disconnects once", async () => {
    await using ctx = new ResourceContext();
    const server = ctx.server(net.createServer());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const link = new Link(typeof address === "object" && address !== null ? address.port : 0);
    expect(link.isConnected).toBe(false);
    await link.initialize();
    expect(link.isConnected).toBe(true);
    await Promise.all([link.disconnect(), link.close()]);
    expect([link.isConnected, link.closed]).toEqual([false, 1]);
  });
});
