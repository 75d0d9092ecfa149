import * as diagnostics from "node:diagnostics_channel";
import { afterEach, describe, expect, it } from "vitest";
import { publish } from "../src/events.js";
import {
  configure,
  InvalidArgumentError,
  MissingPeerError,
  ResourceContext,
  settings,
  UnknownOptionError,
} from "../src/index.js";
import { loadPeer } from "../src/peers.js";
import { expectInteger, expectOneOf, expectString } from "../src/validate.js";

const before = settings();
afterEach(() => configure(before));

describe("configure", () => {
  it("changes what is named and leaves the rest", () => {
    configure({ resourceTimeout: 500 });
    configure({ limits: { process: { max: 2 } } });
    expect(settings()).toEqual({ ...before, resourceTimeout: 500, limits: { process: { max: 2 } } });
  });

  it("refuses an unknown setting, names the nearest, and changes nothing", () => {
    const given = { resourceTimeout: 1, signalTimout: 5 };
    expect(() => configure(given)).toThrow(UnknownOptionError);
    expect(() => configure(given)).toThrow('Unknown option "signalTimout". Did you mean "signalTimeout"?');
    expect(settings()).toEqual(before);
  });

  it.each([
    [{ resourceTimeout: -1 }, '"resourceTimeout" must be a number of milliseconds'],
    [{ totalTimeout: Number.NaN }, "but number NaN came"],
    [{ signalTimeout: 2 ** 31 }, "from 0 to 2147483647"],
    [{ limits: { process: { max: 0 } } }, '"limits.process.max" must be a whole number of 1 or more'],
  ])("refuses %j", (given, message) => {
    expect(() => configure(given)).toThrow(InvalidArgumentError);
    expect(() => configure(given)).toThrow(message);
    expect(settings()).toEqual(before);
  });

  it("gives new contexts their deadline", async () => {
    configure({ resourceTimeout: 20, logger: silent([]) });
    const ctx = new ResourceContext();
    ctx.defer(() => new Promise(() => {}));
    await ctx.disposeAsync();
    expect(ctx.cleanupError?.message).toContain("took longer than 20 ms");
  });

  it("tells a logger what could not be released, instead of printing a warning", async () => {
    const lines: string[] = [];
    configure({ logger: silent(lines) });
    const ctx = new ResourceContext();
    ctx.defer(() => Promise.reject(new Error("the tap is stuck")));
    await ctx.disposeAsync();
    expect(lines).toEqual([expect.stringMatching(/^warn CleanupError .*the tap is stuck/)]);
  });
});

/** A logger that writes into a list. */
function silent(lines: string[]) {
  const write = (level: string) => (fields: object, text: string) => {
    const error: unknown = Reflect.get(fields, "error");
    lines.push(`${level} ${error instanceof Error ? error.name : ""} ${text}`);
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}

describe("validation", () => {
  it("says what came and what was expected", () => {
    expect(() => expectInteger("max", 1.5, { min: 1, max: 9 })).toThrow(
      '"max" must be a whole number from 1 to 9, but number 1.5 came.',
    );
    expect(() => expectOneOf("durability", 3, ["none", "file"])).toThrow('"none" or "file"');
    expect(expectOneOf("durability", "file", ["none", "file"])).toBe("file");
  });

  it("never repeats a string that was given, which may be a secret", () => {
    expect(() => expectOneOf("mode", "hunter2", ["fast"])).toThrow(/^(?!.*hunter2).*but a string came/);
    expect(() => expectString("path", "")).toThrow("but an empty string came");
  });
});

describe("events", () => {
  it("make no message while nobody listens, and reach who does", () => {
    let made = 0;
    const message = () => ({ kind: "process", owner: `scope ${++made}` });
    publish("acquire", message);
    expect(made).toBe(0);
    const heard: unknown[] = [];
    const listener = (event: unknown): void => void heard.push(event);
    diagnostics.subscribe("resource:acquire", listener);
    publish("acquire", message);
    diagnostics.unsubscribe("resource:acquire", listener);
    publish("acquire", message);
    expect(heard).toEqual([{ kind: "process", owner: "scope 1" }]);
  });
});

describe("an optional peer", () => {
  it("is loaded when it is installed", async () => {
    expect(await loadPeer("ws")).toHaveProperty("WebSocketServer");
  });

  it("is named with the command that installs it, when it is not", () => {
    const error = new MissingPeerError("ws", { cause: undefined });
    expect(error.message).toContain("npm install ws");
    expect(error.code).toBe("ERR_MISSING_PEER");
  });
});
