import * as diagnostics from "node:diagnostics_channel";
import { afterEach, describe, expect, it } from "vitest";
import { ResourceContext } from "../src/index.js";
import { type Entry } from "../src/entry.js";
import { sharedState } from "../src/state.js";

function heardOn(name: string): { readonly messages: unknown[]; [Symbol.dispose](): void } {
  const messages: unknown[] = [];
  const listener = (message: unknown): void => void messages.push(message);
  diagnostics.subscribe(`resource:${name}`, listener);
  return { messages, [Symbol.dispose]: () => void diagnostics.unsubscribe(`resource:${name}`, listener) };
}

describe("diagnostics channels", () => {
  it("hear what is acquired, with the name of its context", () => {
    using heard = heardOn("acquire");
    const ctx = new ResourceContext({ name: "uploads" });
    ctx.adopt(new Map(), () => {});
    expect(heard.messages).toEqual([{ kind: "Map", owner: "uploads" }]);
    ctx.dispose();
  });

  it("hear what is released, how old it was and how it failed", async () => {
    using heard = heardOn("release");
    const ctx = new ResourceContext({ name: "uploads" });
    const error = new Error("stuck");
    ctx.defer(() => {});
    ctx.defer(() => Promise.reject(error));
    await ctx.disposeAsync({ throwErrors: true }).catch(() => {});
    const times = { age: expect.any(Number), duration: expect.any(Number) };
    const event = { kind: "defer", owner: "uploads", ...times };
    expect(heard.messages).toEqual([{ ...event, error }, event]);
  });

  it("hear what is abandoned", async () => {
    using heard = heardOn("timeout");
    const ctx = new ResourceContext({ name: "uploads", resourceTimeout: 20 });
    ctx.defer(() => new Promise(() => {}));
    await ctx.disposeAsync({ throwErrors: true }).catch(() => {});
    expect(heard.messages).toEqual([{ kind: "defer", owner: "uploads", limit: 20 }]);
  });

  it("hear of the new context of what was moved", () => {
    using heard = heardOn("release");
    const ctx = new ResourceContext({ name: "uploads" });
    const value = ctx.adopt({}, () => {});
    const moved = ctx.move();
    expect(moved.name).toBe("uploads");
    expect(heard.messages).toHaveLength(0);
    moved.disown(value);
    expect(heard.messages).toMatchObject([{ kind: "Object", owner: "uploads", duration: 0 }]);
  });
});

describe("an observer", () => {
  afterEach(() => (sharedState().observer = undefined));

  it("sees every resource once when it comes and once when it goes", async () => {
    const open = new Set<Entry>();
    sharedState().observer = {
      acquired: (entry) => void open.add(entry),
      released: (entry) => void open.delete(entry),
    };
    const ctx = new ResourceContext({ name: "uploads" });
    const timer = ctx.timer(setTimeout(() => {}, 60_000));
    const file = ctx.adopt({ path: "a" }, () => Promise.resolve());
    expect([...open].map(({ kind, owner, value }) => ({ kind, owner, value }))).toEqual([
      { kind: "timer", owner: "uploads", value: timer },
      { kind: "Object", owner: "uploads", value: file },
    ]);
    await ctx.disposeAsync();
    expect(open.size).toBe(0);
  });
});
