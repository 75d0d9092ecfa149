import { describe, expect, it, vi } from "vitest";
import { CleanupError, ContextClosedError, ReleaseTimeoutError, ResourceContext } from "../src/index.js";
import { sleep } from "./helpers.js";

const dispose = (ctx: ResourceContext): Promise<void> => ctx.disposeAsync({ throwErrors: true });
const failing = (text: string) => () => Promise.reject(new Error(text));

describe("R12 a child context", () => {
  it("is released before its parent, younger ones first", async () => {
    const log: string[] = [];
    const outer = new ResourceContext();
    const older = outer.child();
    outer.defer(() => log.push("outer"));
    older.defer(() => log.push("older"));
    outer.child().defer(() => sleep(10).then(() => log.push("younger")));
    older.child().defer(() => log.push("grandchild"));
    expect(outer.size).toBe(4);
    await dispose(outer);
    expect(log).toEqual(["younger", "grandchild", "older", "outer"]);
    expect(outer.size).toBe(0);
  });

  it("is released without waiting, too", () => {
    const log: string[] = [];
    const outer = new ResourceContext();
    outer.defer(() => log.push("outer"));
    outer.child().defer(() => log.push("inner"));
    outer.dispose();
    expect(log).toEqual(["inner", "outer"]);
  });

  it("leaves its parent as it is", async () => {
    const outer = new ResourceContext();
    const release = vi.fn();
    outer.defer(release);
    const inner = outer.child();
    inner.defer(() => {});
    await dispose(inner);
    expect([inner.disposed, outer.disposed, outer.size]).toEqual([true, false, 1]);
    expect(outer.signal.aborted).toBe(false);
    expect(release).not.toHaveBeenCalled();
    await dispose(outer);
    expect(release).toHaveBeenCalledOnce();
  });

  it("takes nothing from the moment on that its parent is disposed", async () => {
    const outer = new ResourceContext();
    const inner = outer.child();
    outer.child().defer(() => sleep(20));
    const disposing = dispose(outer);
    const release = vi.fn();
    expect(inner.disposed).toBe(true);
    expect(() => inner.defer(release)).toThrow(ContextClosedError);
    expect(release).toHaveBeenCalledOnce();
    await disposing;
    expect(() => outer.child()).toThrow(ContextClosedError);
  });

  it("has a signal that follows its parent's", async () => {
    const outer = new ResourceContext();
    const { signal } = outer.child().child();
    const own = outer.child();
    expect(signal.aborted).toBe(false);
    await dispose(own);
    expect([own.signal.aborted, signal.aborted]).toEqual([true, false]);
    await dispose(outer);
    expect(signal.aborted).toBe(true);
  });

  it("is waited for when it is being released by somebody else, who hears what failed", async () => {
    const outer = new ResourceContext();
    const inner = outer.child();
    const log: string[] = [];
    inner.defer(async () => {
      await sleep(30);
      log.push("inner");
      throw new Error("stuck");
    });
    const own = dispose(inner);
    outer.defer(() => log.push("outer"));
    await Promise.all([dispose(outer), expect(own).rejects.toBeInstanceOf(CleanupError)]);
    expect(log).toEqual(["inner", "outer"]);
    expect(outer.cleanupError).toBeUndefined();
  });

  it("R10 adds its failures to the flat list of its parent", async () => {
    const outer = new ResourceContext();
    outer.defer(failing("outer"));
    outer.child().defer(failing("inner"));
    await expect(dispose(outer)).rejects.toMatchObject({ kinds: ["defer", "defer"] });
    expect(outer.cleanupError?.errors.map(String)).toEqual(["Error: inner", "Error: outer"]);
  });

  it("R8 has no more time than its parent", async () => {
    const outer = new ResourceContext({ totalTimeout: 60 });
    const inner = outer.child({ resourceTimeout: 20_000, totalTimeout: 20_000 });
    inner.defer(() => new Promise(() => {}));
    await expect(dispose(outer)).rejects.toMatchObject({ errors: [expect.any(ReleaseTimeoutError)] });
  });

  it("moves with its parent's resources", async () => {
    const outer = new ResourceContext();
    const inner = outer.child();
    const moved = outer.move();
    expect(inner.disposed).toBe(false);
    await dispose(moved);
    expect(inner.disposed).toBe(true);
  });

  it("of the root is released with it, and the root stays open", async () => {
    const inner = ResourceContext.root.child({ name: "jobs" });
    const release = vi.fn();
    inner.defer(release);
    await dispose(ResourceContext.root);
    expect(release).toHaveBeenCalledOnce();
    expect([inner.disposed, ResourceContext.root.disposed]).toEqual([true, false]);
  });
});

describe("R9 a parallel group", () => {
  const group = async (options: { readonly concurrency?: number }): Promise<number> => {
    const outer = new ResourceContext();
    const parallel = outer.parallel(options);
    let [running, most] = [0, 0];
    for (let count = 0; count < 40; count += 1)
      parallel.defer(async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
      });
    await dispose(outer);
    return most;
  };

  it("is released all at the same time", async () => expect(await group({})).toBe(40));
  it("is released as many at a time as asked", async () => expect(await group({ concurrency: 8 })).toBe(8));

  it("is released before its parent goes on, whatever fails in it", async () => {
    const outer = new ResourceContext();
    const log: string[] = [];
    outer.defer(() => log.push("outer"));
    const parallel = outer.parallel();
    parallel.defer(() => sleep(20).then(() => log.push("slow")));
    parallel.defer(failing("stuck"));
    await expect(dispose(outer)).rejects.toMatchObject({ kinds: ["defer"] });
    expect(log).toEqual(["slow", "outer"]);
  });

  it("does not make its own children parallel", async () => {
    const log: string[] = [];
    const outer = new ResourceContext();
    const inner = outer.parallel().child();
    for (const name of ["first", "second"])
      inner.defer(async () => {
        log.push(`${name} begins`);
        await sleep(5);
        log.push(`${name} ends`);
      });
    await dispose(outer);
    expect(log).toEqual(["second begins", "second ends", "first begins", "first ends"]);
  });
});

describe("the signal for cleaning up", () => {
  it("is not aborted when disposal begins", async () => {
    const ctx = new ResourceContext();
    const seen: boolean[] = [];
    ctx.defer(() => void seen.push(ctx.signal.aborted, ctx.cleanupSignal.aborted));
    await dispose(ctx);
    expect(seen).toEqual([true, false]);
  });

  it("is aborted when the time is up, for what was abandoned", async () => {
    const ctx = new ResourceContext({ totalTimeout: 40 });
    const { cleanupSignal } = ctx;
    ctx.defer(() => new Promise((resolve) => cleanupSignal.addEventListener("abort", resolve)));
    await ctx.disposeAsync({ throwErrors: true }).catch(() => {});
    expect(cleanupSignal.aborted).toBe(true);
  });
});

describe("R10 a cleanup error", () => {
  const both = async (): Promise<CleanupError | undefined> => {
    const ctx = new ResourceContext();
    ctx.defer(failing("second"));
    ctx.defer(failing("first"));
    await dispose(ctx).catch(() => {});
    return ctx.cleanupError;
  };

  it("names what went wrong first", async () => {
    expect(await both()).toMatchObject({ primary: new Error("first"), kinds: ["defer", "defer"] });
  });

  it("knows the error of the body, which comes before all others", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const body = new Error("body");
    let held: ResourceContext | undefined;
    const run = ResourceContext.run((ctx) => {
      held = ctx;
      ctx.defer(failing("cleanup"));
      throw body;
    });
    await expect(run).rejects.toBe(body);
    warn.mockRestore();
    expect(held?.cleanupError?.primary).toBe(body);
    expect(held?.cleanupError?.errors).toEqual([new Error("cleanup")]);
    expect(held?.cleanupError?.toSuppressedError()).toMatchObject({
      name: "SuppressedError",
      error: new Error("cleanup"),
      suppressed: body,
    });
  });

  it("gives the chain that `using` would throw, on request", async () => {
    expect((await both())?.toSuppressedError()).toMatchObject({
      name: "SuppressedError",
      error: new Error("second"),
      suppressed: new Error("first"),
    });
    const single = new CleanupError([{ kind: "defer", error: "alone" }]);
    expect(single.toSuppressedError()).toBe("alone");
  });

  it("says where a resource came from when that is known", () => {
    const error = new CleanupError([{ kind: "file", error: new Error("EIO"), site: "upload.ts:3:9" }]);
    expect(error.message).toContain("file from upload.ts:3:9: EIO");
  });
});

describe("options of a context", () => {
  const build = (options: unknown) => () => Reflect.construct(ResourceContext, [options]);

  it.each([
    [{ concurrency: 0 }, "ERR_INVALID_ARGUMENT"],
    [{ concurrency: 1.5 }, "ERR_INVALID_ARGUMENT"],
    [{ concurency: 2 }, "ERR_UNKNOWN_OPTION"],
    [{ name: "" }, "ERR_INVALID_ARGUMENT"],
    [{ resourceTimeout: -1 }, "ERR_INVALID_ARGUMENT"],
    [{ totalTimeout: "10" }, "ERR_INVALID_ARGUMENT"],
    ["fast", "ERR_INVALID_ARGUMENT"],
  ])("%j are refused", (options, code) => {
    expect(build(options)).toThrow(expect.objectContaining({ code }));
  });

  it.each(["adopt", "defer"] as const)("%s() wants a function", (method) => {
    const ctx = new ResourceContext();
    expect(() => Reflect.apply(ctx[method], ctx, [{}])).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }),
    );
    expect(ctx.size).toBe(0);
  });

  it("of a disposal and of run() are checked as well", async () => {
    const ctx = new ResourceContext();
    expect(() => Reflect.apply(ctx.disposeAsync, ctx, [{ throwError: true }])).toThrow(
      expect.objectContaining({ code: "ERR_UNKNOWN_OPTION" }),
    );
    expect(() => Reflect.apply(ctx.disposeAsync, ctx, [{ throwErrors: 1 }])).toThrow(TypeError);
    expect(ctx.disposed).toBe(false);
    await expect(Reflect.apply(ResourceContext.run, ResourceContext, ["body"])).rejects.toThrow(TypeError);
  });
});
