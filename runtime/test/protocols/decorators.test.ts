import * as cp from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { CleanupError, InvalidArgumentError, ManagedResource, ResourceContext } from "../../src/index.js";
import { ensureInitialized, withResourceCleanup } from "../../src/protocols/index.js";
import { isAlive } from "../helpers.js";

class Connection extends ManagedResource<string> {
  readonly kind = "connection";
  readonly calls: string[] = [];
  protected onInitialize(): string {
    this.calls.push("open");
    return "socket";
  }
  protected onClose(): void {
    this.calls.push("close");
  }
}

class Upload {
  connection: Connection | undefined;

  constructor(connection?: Connection) {
    this.connection = connection;
  }

  @withResourceCleanup("connection")
  async run(name: string): Promise<string> {
    this.connection ??= new Connection();
    await this.connection.initialize();
    if (name === "") throw new RangeError("no name");
    return `${name} by ${this.connection.value}`;
  }

  @ensureInitialized("connection")
  async send(text: string): Promise<string | undefined> {
    return `${text} over ${this.connection?.value}`;
  }
}

describe("@withResourceCleanup", () => {
  it("releases the resource after the method, keeping `this`, arguments and result", async () => {
    const upload = new Upload(new Connection());
    expect(await upload.run("photo")).toBe("photo by socket");
    expect(upload.connection?.calls).toEqual(["open", "close"]);
  });

  it("releases what the method itself has set", async () => {
    const upload = new Upload();
    await upload.run("photo");
    expect(upload.connection?.calls).toEqual(["open", "close"]);
  });

  it("releases it when the method throws, and shows the method's error", async () => {
    const upload = new Upload(new Connection());
    await expect(upload.run("")).rejects.toThrow(RangeError);
    expect(upload.connection?.calls).toEqual(["open", "close"]);
  });

  it("refuses a property that cannot be released before the method runs", async () => {
    const upload = new Upload();
    Reflect.set(upload, "connection", { close: () => {} });
    await expect(upload.run("photo")).rejects.toThrow(
      '"this.connection" must be something with Symbol.asyncDispose or Symbol.dispose, but an object came.',
    );
  });

  it("ends a child process with all that descends from it, and waits", async () => {
    class Build {
      readonly compiler = cp.spawn("sh", ["-c", "sleep 30 & wait"]);
      @withResourceCleanup("compiler")
      async run(): Promise<void> {}
    }
    const build = new Build();
    await build.run();
    expect(isAlive(build.compiler.pid)).toBe(false);
  });

  it("refuses to decorate what is no method, and decorators of the old kind", () => {
    const decorate: unknown = withResourceCleanup("connection");
    if (typeof decorate !== "function") return expect.fail("not a decorator");
    expect(() => Reflect.apply(decorate, undefined, [undefined, { kind: "field" }])).toThrow(
      InvalidArgumentError,
    );
    expect(() => Reflect.apply(decorate, undefined, [Upload.prototype, "run", {}])).toThrow(
      "experimentalDecorators",
    );
    expect(() => Reflect.apply(withResourceCleanup, undefined, [{}])).toThrow('"property" must be');
  });
});

describe("withResourceCleanup as a plain function", () => {
  it("releases the resource after the call", async () => {
    const connection = new Connection();
    const send = withResourceCleanup(connection, async (text: string, times: number) => {
      await connection.initialize();
      return text.repeat(times);
    });
    expect(await send("a", 3)).toBe("aaa");
    expect(connection.calls).toEqual(["open", "close"]);
  });

  it("rejects with CleanupError when only the release fails, and warns when both fail", async () => {
    const broken = {
      [Symbol.asyncDispose]: () => Promise.reject(new Error("the server hung up")),
    };
    const failure: unknown = await withResourceCleanup(broken, async () => "done")().catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(CleanupError);
    expect(String(failure)).toContain("the server hung up");
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const failing = withResourceCleanup(broken, () => Promise.reject(new RangeError("mine")));
    await expect(failing()).rejects.toThrow("mine");
    expect(String(warn.mock.calls[0]?.[0])).toContain("the server hung up");
    warn.mockRestore();
  });

  it("takes null and undefined, and refuses anything else that has no symbol", async () => {
    expect(await withResourceCleanup(null, async () => 1)()).toBe(1);
    await expect(Reflect.apply(withResourceCleanup, undefined, ["x", async () => 1])()).rejects.toThrow(
      InvalidArgumentError,
    );
    expect(() => Reflect.apply(withResourceCleanup, undefined, [null, "work"])).toThrow(
      '"work" must be a function',
    );
  });
});

describe("ensureInitialized", () => {
  it("opens the resource before the method, once for many calls", async () => {
    await using connection = new Connection();
    const upload = new Upload(connection);
    expect(await Promise.all([upload.send("a"), upload.send("b")])).toEqual([
      "a over socket",
      "b over socket",
    ]);
    expect(connection.calls).toEqual(["open"]);
  });

  it("does not run the method when there is nothing to open or it does not open", async () => {
    await expect(new Upload().send("a")).rejects.toThrow(
      '"this.connection" must be an object with initialize()',
    );
    class Closed extends Connection {
      protected override onInitialize(): never {
        throw new Error("port in use");
      }
    }
    await expect(new Upload(new Closed()).send("a")).rejects.toThrow("port in use");
  });

  it("works as a plain function", async () => {
    await using connection = new Connection();
    const send = ensureInitialized(connection, async (text: string) => `${text} over ${connection.value}`);
    expect(await send("a")).toBe("a over socket");
  });

  it("goes with a context that owns the resource", async () => {
    const connection = new Connection();
    await ResourceContext.run(async (ctx) => {
      const upload = new Upload(ctx.use(connection));
      await upload.send("a");
    });
    expect(connection.calls).toEqual(["open", "close"]);
  });
});
