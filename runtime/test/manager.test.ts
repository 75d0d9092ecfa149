import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import { describe, expect, it, vi } from "vitest";
import {
  cleanupAllGlobalResources,
  ContextClosedError,
  InvalidArgumentError,
  LimitExceededError,
  ManagedResource,
  ResourceContext,
  ResourceManager,
  withManagedProcess,
  withResourceCleanup,
  withTempDir,
  withTempFile,
} from "../src/index.js";
import { sleep } from "./helpers.js";

class Lamp extends ManagedResource<string> {
  readonly kind = "lamp";
  readonly log: string[];
  constructor(log: string[]) {
    super();
    this.log = log;
  }
  protected onInitialize(): string {
    return "lit";
  }
  protected async onClose(): Promise<void> {
    await sleep(1);
    this.log.push("lamp is out");
  }
}

const build = (options: unknown) => () => Reflect.construct(ResourceManager, [options]);

describe("a resource manager", () => {
  it("releases what is registered with it, last in first out", async () => {
    const log: string[] = [];
    const manager = new ResourceManager();
    const lamp = manager.register(new Lamp(log));
    await lamp.initialize();
    manager.register({ [Symbol.dispose]: () => void log.push("symbol") });
    manager.register("port", (port) => log.push(port));
    await manager.disposeAsync({ throwErrors: true });
    expect(log).toEqual(["port", "symbol", "lamp is out"]);
    expect(lamp.state).toBe("closed");
    expect(manager.disposed).toBe(true);
  });

  it("knows the handles of Node", async () => {
    const manager = new ResourceManager();
    const child = manager.register(cp.spawn("sleep", ["20"]));
    const handle = manager.register(await fs.promises.open("."));
    Reflect.apply(manager.register, manager, [http.createServer()]);
    manager.register(setTimeout(() => {}, 60_000));
    expect(manager.metrics.byKind).toEqual({ process: 1, file: 1, server: 1, timer: 1 });
    await manager.disposeAsync({ throwErrors: true });
    expect([child.signalCode, handle.fd]).toEqual(["SIGTERM", -1]);
  });

  it("gives back what is unregistered, and takes the same thing once", async () => {
    const manager = new ResourceManager();
    const release = vi.fn();
    const port = { number: 80 };
    manager.register(port, release);
    manager.register(port, release);
    expect(manager.metrics.held).toBe(1);
    expect(manager.unregister(port)).toBe(port);
    await manager.disposeAsync();
    expect(release).not.toHaveBeenCalled();
  });

  it("goes on when one of them fails or hangs", async () => {
    const manager = new ResourceManager({ resourceTimeout: 30 });
    const last = vi.fn();
    manager.register(1, last);
    manager.register(2, () => Promise.reject(new Error("stuck")));
    manager.register(3, () => new Promise(() => {}));
    await expect(manager.disposeAsync({ throwErrors: true })).rejects.toMatchObject({ code: "ERR_CLEANUP" });
    expect(last).toHaveBeenCalledOnce();
    expect(manager.cleanupError?.errors).toHaveLength(2);
    expect(manager.metrics).toMatchObject({ acquired: 3, failed: 2 });
  });

  it("releases what comes too late, and says so", async () => {
    const manager = new ResourceManager();
    await manager.disposeAsync();
    const release = vi.fn();
    expect(() => manager.register("late", release)).toThrow(ContextClosedError);
    expect(release).toHaveBeenCalledOnce();
    await expect(manager.acquire("port", () => 1)).rejects.toBeInstanceOf(ContextClosedError);
    expect(manager.metrics.held).toBe(0);
  });

  it("does what can be done without waiting", () => {
    const release = vi.fn();
    using manager = new ResourceManager();
    manager.register(1, release);
    manager.dispose();
    expect(release).toHaveBeenCalledOnce();
  });

  it("tells its logger", async () => {
    const lines: string[] = [];
    const say = (_fields: object, text: string): void => void lines.push(text);
    const manager = new ResourceManager({
      name: "jobs",
      logger: { debug: say, info: say, warn: say, error: say },
    });
    manager.register(new Map(), () => {});
    await manager.disposeAsync();
    expect(lines).toEqual(["jobs: Map is held", "jobs: Map is released", "jobs: everything is released"]);
  });
});

describe("limits of a manager", () => {
  const manager = (whenFull: "wait" | "refuse"): ResourceManager =>
    new ResourceManager({ limits: { port: { max: 2, whenFull } } });

  it("make an acquisition wait for its turn", async () => {
    await using ports = manager("wait");
    const [first] = await Promise.all(
      [1, 2].map((port) =>
        ports.acquire(
          "port",
          () => ({ port }),
          () => {},
        ),
      ),
    );
    const log: string[] = [];
    const third = ports
      .acquire(
        "port",
        () => ({ port: 3 }),
        () => {},
      )
      .then(() => log.push("third"));
    await sleep(10);
    expect([log, ports.metrics.waiting]).toEqual([[], 1]);
    ports.unregister(first);
    await third;
    expect(ports.metrics).toMatchObject({ held: 2, waiting: 0, byKind: { port: 2 } });
  });

  it("hold under load, and let everybody through", async () => {
    await using ports = manager("wait");
    let [open, most] = [0, 0];
    const work = async (): Promise<void> => {
      const port = await ports.acquire(
        "port",
        async () => (await sleep(0), { number: 1 }),
        () => {},
      );
      most = Math.max(most, (open += 1));
      await sleep(0);
      open -= 1;
      ports.unregister(port);
    };
    await Promise.all(Array.from({ length: 60 }, work));
    expect([most, ports.metrics.acquired, ports.metrics.held]).toEqual([2, 60, 0]);
  });

  it("refuse when asked to, and release what is there already", async () => {
    await using ports = manager("refuse");
    await ports.acquire(
      "port",
      () => 1,
      () => {},
    );
    await ports.acquire(
      "port",
      () => 2,
      () => {},
    );
    const open = vi.fn();
    await expect(ports.acquire("port", open)).rejects.toBeInstanceOf(LimitExceededError);
    expect(open).not.toHaveBeenCalled();
    await using maps = new ResourceManager({ limits: { Map: { max: 1, whenFull: "refuse" } } });
    const release = vi.fn();
    maps.register(new Map(), () => {});
    expect(() => maps.register(new Map(), release)).toThrow(LimitExceededError);
    expect(release).toHaveBeenCalledOnce();
    expect(maps.metrics).toMatchObject({ held: 1, acquired: 1 });
  });

  it("get the room of a failed acquisition back", async () => {
    await using ports = manager("refuse");
    for (let count = 0; count < 5; count += 1)
      await expect(ports.acquire("port", () => Promise.reject(new Error("no port")))).rejects.toThrow(
        "no port",
      );
    expect(ports.metrics).toMatchObject({ held: 0, byKind: {} });
    await ports.acquire(
      "port",
      () => 1,
      () => {},
    );
  });

  it("count being out of descriptors as a reason to wait", async () => {
    await using files = new ResourceManager();
    let tries = 0;
    const handle = await files.acquire("file", async () => {
      tries += 1;
      if (tries < 3) throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
      return fs.promises.open(".");
    });
    expect(tries).toBe(3);
    expect(handle.fd).toBeGreaterThan(0);
  });

  it("end the wait of a manager that is disposed", async () => {
    const ports = manager("wait");
    for (const port of [1, 2])
      await ports.acquire(
        "port",
        () => port,
        () => {},
      );
    const waiting = ports
      .acquire(
        "port",
        () => 3,
        () => {},
      )
      .catch((error: unknown) => error);
    await ports.disposeAsync();
    expect(await waiting).toBeInstanceOf(ContextClosedError);
  });
});

describe("the whole process", () => {
  it("releases every manager and the root, at once and again", async () => {
    const log: string[] = [];
    const managers = ["older", "younger"].map((name) => new ResourceManager({ name }));
    for (const manager of managers) manager.register(manager, () => log.push(manager.context.name));
    ResourceContext.root.defer(() => log.push("root"));
    await cleanupAllGlobalResources();
    expect(log).toEqual(["younger", "older", "root"]);
    expect(managers.map((manager) => manager.disposed)).toEqual([true, true]);
    await cleanupAllGlobalResources();
    expect(log).toHaveLength(3);
  });

  it("does not keep a manager that is released", async () => {
    const before = ResourceContext.root.size;
    const manager = new ResourceManager();
    manager.register(1, () => {});
    expect(ResourceContext.root.size).toBe(before + 1);
    await manager.disposeAsync();
    expect(ResourceContext.root.size).toBe(before);
  });
});

describe("bad input of a manager", () => {
  it.each([
    [{ limit: {} }, "ERR_UNKNOWN_OPTION"],
    [{ limits: { port: { max: 0 } } }, "ERR_INVALID_ARGUMENT"],
    [{ limits: { port: { max: 1, whenFull: "panic" } } }, "ERR_INVALID_ARGUMENT"],
    [{ logger: {} }, "ERR_INVALID_ARGUMENT"],
    [{ totalTimeout: Number.NaN }, "ERR_INVALID_ARGUMENT"],
  ])("%j are refused", (options, code) => expect(build(options)).toThrow(expect.objectContaining({ code })));

  it("is told what to do about it", async () => {
    await using manager = new ResourceManager();
    expect(() => manager.register({ port: 1 })).toThrow(/register\(resource, release\)/);
    expect(() => Reflect.apply(manager.register, manager, [1, "close"])).toThrow(InvalidArgumentError);
    expect(() => manager.acquire("", () => 1)).toThrow(InvalidArgumentError);
    expect(() => Reflect.apply(manager.acquire, manager, ["port", 1])).toThrow(InvalidArgumentError);
    await expect(manager.acquire("port", () => ({ port: 1 }))).rejects.toBeInstanceOf(InvalidArgumentError);
    expect(manager.metrics).toMatchObject({ held: 0, byKind: {} });
  });
});

describe("helpers for one resource", () => {
  it("give a temporary file or folder and take it away, whatever the body does", async () => {
    let [file, folder] = ["", ""];
    const length = await withTempFile(
      (made) => {
        file = made;
        fs.writeFileSync(made, "text");
        return fs.readFileSync(made, "utf8").length;
      },
      { suffix: ".txt" },
    );
    expect([length, file.endsWith(".txt"), fs.existsSync(file)]).toEqual([4, true, false]);
    const failing = withTempDir(async (made) => {
      folder = made;
      fs.writeFileSync(`${made}/inside`, "text");
      throw new Error("body");
    });
    await expect(failing).rejects.toThrow("body");
    expect(fs.existsSync(folder)).toBe(false);
  });

  it("end a child with its body", async () => {
    const child = cp.spawn("sleep", ["20"]);
    expect(await withManagedProcess(child, ({ pid }) => pid)).toBe(child.pid);
    expect(child.signalCode).toBe("SIGTERM");
  });

  it("run a body with a context", async () => {
    const release = vi.fn();
    expect(await withResourceCleanup((ctx) => (ctx.defer(release), 7), { name: "job" })).toBe(7);
    expect(release).toHaveBeenCalledOnce();
  });

  it("want a body", async () => {
    const child = cp.spawn("sleep", ["20"]);
    await expect(Reflect.apply(withManagedProcess, undefined, [child])).rejects.toBeInstanceOf(
      InvalidArgumentError,
    );
    expect(child.signalCode).toBe("SIGTERM");
    for (const helper of [withTempFile, withTempDir, withResourceCleanup])
      await expect(Reflect.apply(helper, undefined, [7])).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(Reflect.apply(withTempFile, undefined, [() => {}, { sufix: "" }])).rejects.toThrow(
      TypeError,
    );
  });
});
