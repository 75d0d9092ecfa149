import { describe, expect, it } from "vitest";
import { ManagedResource, ResourceContext, ResourceStateError } from "../src/index.js";

/** A mailbox that writes down what happens to it. */
class Mailbox extends ManagedResource<string> {
  readonly kind = "mailbox";
  readonly events: string[] = [];
  opensWith: () => Promise<string> = () => Promise.resolve("inbox");

  protected async onInitialize(): Promise<string> {
    this.events.push("open");
    return this.opensWith();
  }

  protected onClose(value: string): void {
    this.events.push(`close ${value}`);
  }

  protected override onCloseSync(value: string): void {
    this.events.push(`close ${value} at once`);
  }
}

function pending(): { readonly promise: Promise<string>; readonly resolve: (name: string) => void } {
  const controls: { resolve?: (name: string) => void } = {};
  const promise = new Promise<string>((resolve) => (controls.resolve = resolve));
  return { promise, resolve: (name) => controls.resolve?.(name) };
}

describe("a managed resource", () => {
  it("is opened once and closed once, however many ask", async () => {
    const mailbox = new Mailbox();
    expect(mailbox.initialize()).toBe(mailbox.initialize());
    expect(await mailbox.initialize()).toBe("inbox");
    expect(mailbox.value).toBe("inbox");
    const closing = mailbox.close();
    expect(mailbox.close()).toBe(closing);
    await closing;
    mailbox.closeSync();
    expect(mailbox.events).toEqual(["open", "close inbox"]);
    expect(mailbox.state).toBe("closed");
  });

  it("refuses to be used before it is open and after it was closed", async () => {
    const mailbox = new Mailbox();
    expect(() => mailbox.value).toThrow(ResourceStateError);
    expect(() => mailbox.value).toThrow("Cannot use it: this mailbox is new.");
    await mailbox.close();
    expect(() => mailbox.value).toThrow("this mailbox is closed");
    await expect(mailbox.initialize()).rejects.toMatchObject({ code: "ERR_RESOURCE_STATE", state: "closed" });
    expect(mailbox.events).toEqual([]);
  });

  it("closes as soon as it is open when that was asked for meanwhile", async () => {
    const mailbox = new Mailbox();
    const { promise, resolve: open } = pending();
    mailbox.opensWith = () => promise;
    const opening = mailbox.initialize();
    await Promise.resolve();
    const closing = mailbox.close();
    open("late");
    expect(await opening).toBe("late");
    await closing;
    expect(mailbox.events).toEqual(["open", "close late"]);
    expect(() => mailbox.value).toThrow("this mailbox is closed");
  });

  it("can be opened again after it failed to open", async () => {
    const mailbox = new Mailbox();
    mailbox.opensWith = () => Promise.reject(new Error("no such host"));
    await expect(mailbox.initialize()).rejects.toThrow("no such host");
    expect(mailbox.state).toBe("failed");
    expect(await mailbox.health()).toEqual({ status: "failed", detail: "mailbox is failed" });
    mailbox.opensWith = () => Promise.resolve("second try");
    expect(await mailbox.initialize()).toBe("second try");
    expect(await mailbox.health()).toEqual({ status: "ok" });
  });

  it("is released by the context that uses it, and by `using` without waiting", async () => {
    const held = new Mailbox();
    await ResourceContext.run(async (ctx) => void (await ctx.use(held).initialize()));
    expect(held.events).toEqual(["open", "close inbox"]);
    const quick = new Mailbox();
    await quick.initialize();
    quick[Symbol.dispose]();
    expect(quick.events).toEqual(["open", "close inbox at once"]);
    expect(quick.state).toBe("closed");
  });

  it("is closed, and says so, although closing failed", async () => {
    class Stuck extends Mailbox {
      protected override onClose(): never {
        throw new Error("the lid is stuck");
      }
    }
    const stuck = new Stuck();
    await stuck.initialize();
    await expect(stuck.close()).rejects.toThrow("the lid is stuck");
    expect(stuck.state).toBe("closed");
  });
});
