import { describe, expect, test } from "vitest";
import { defineResource } from "../../src/index.js";
import { readCommand } from "../../src/options.js";
import type { ResourceModel } from "../../src/types.js";
import { project } from "../support/project.js";

const file = "resource-codemod.config.json";
const pool = { acquire: { module: "gates", construct: "Pool" }, release: [{ by: "method", name: "end" }] };

async function resourcesOf(...resources: readonly unknown[]): Promise<readonly ResourceModel[]> {
  const root = project({ [file]: JSON.stringify({ resources }) });
  const command = await readCommand([], root);
  return command.command === "run" ? command.options.resources : [];
}

describe("a definition becomes an entry of the catalogue", () => {
  test("with defaults that take nothing for harmless", async () => {
    expect(await resourcesOf(pool)).toEqual([
      {
        id: "gates#Pool",
        kind: "connection",
        acquire: { by: "construct", modules: ["gates"], path: ["Pool"] },
        yields: "handle",
        lasts: "open",
        release: [{ by: "method", name: "end", completes: "now", again: "throws" }],
        ends: [],
        args: { path: -1, options: -1 },
        adopt: { by: "release" },
        transform: "clients",
      },
    ]);
  });

  test("with all that can be said", async () => {
    const given = defineResource({
      id: "lent",
      kind: "pool",
      acquire: { module: ["node:gates", "gates/next"], call: "createPool().getConnection" },
      yields: "promise",
      release: [
        { by: "method", name: "release", async: true, again: "harmless" },
        { by: "function", module: "gates", name: "giveBack", argument: 1 },
        { by: "call" },
      ],
      ends: ["end"],
      adopt: "(lent) => lent.giveUp()",
      level: "likely",
      docs: "https://example.com/gates",
    });
    const [model] = await resourcesOf(given);
    expect(model).toMatchObject({
      id: "lent",
      acquire: { by: "call", modules: ["gates", "gates/next"], path: ["createPool", "()", "getConnection"] },
      yields: "promise",
      adopt: { by: "wrap", method: { release: "(lent) => lent.giveUp()" } },
      level: "likely",
    });
    expect(model?.release.map(({ by, completes }) => `${by} ${completes}`)).toEqual([
      "method promise",
      "function now",
      "call now",
    ]);
  });

  test("harmless to release twice: no watch over who comes first", async () => {
    const [model] = await resourcesOf({
      ...pool,
      release: [{ by: "method", name: "end", again: "harmless" }],
    });
    expect(model?.adopt).toEqual({ by: "wrap", method: { release: "(handle) => handle.end()" } });
  });
});

describe("what is wrong is named with what was expected", () => {
  const { acquire, release } = pool;
  test.each([
    [
      { ...pool, aquire: {} },
      /resources\[0\]: unknown key "aquire"\. Did you mean acquire\?\nKnown keys: id, kind/,
    ],
    [{ release }, /resources\[0\]: "acquire" is missing/],
    [{ acquire }, /resources\[0\]: "release" is missing/],
    [
      { ...pool, kind: "sokcet" },
      /\.kind: unknown value "sokcet"\. Did you mean socket\?\nExpected one of child-process/,
    ],
    [
      { ...pool, yields: "callback" },
      /\.yields: unknown value "callback"\..*\nExpected one of handle, promise/,
    ],
    [
      { ...pool, release: [] },
      /\.release must be a list with at least one way to release it, but it is \[\]/,
    ],
    [{ ...pool, release: "end" }, /\.release must be a list, but it is "end"/],
    [{ ...pool, release: [{ by: "method" }] }, /release\[0\]: "name" is missing/],
    [
      { ...pool, release: [{ by: "metod", name: "end" }] },
      /release\[0\]\.by: unknown value "metod"\. Did you mean method/,
    ],
    [{ ...pool, release: [{ by: "call", name: "end" }] }, /release\[0\]: unknown key "name"/],
    [
      { ...pool, release: [{ by: "method", name: "end", async: "yes" }] },
      /\.async must be true or false, but it is "yes"/,
    ],
    [
      { ...pool, release: [{ by: "function", module: "m", name: "f", argument: -1 }] },
      /\.argument must be the position/,
    ],
    [{ ...pool, acquire: { module: "gates" } }, /acquire says neither "call" nor "construct"/],
    [{ ...pool, acquire: { module: "gates", call: "a", construct: "b" } }, /acquire has both/],
    [{ ...pool, acquire: { module: "", call: "a" } }, /\.module must be a text that is not empty/],
    [{ ...pool, acquire: { module: "gates", call: "open the gate" } }, /\.call must be a name such as/],
    [{ ...pool, adopt: "end" }, /\.adopt must be a function in text/],
    ["pool", /resources\[0\] must be an object with id, kind/],
  ])("%j", async (definition, message) => {
    await expect(resourcesOf(definition)).rejects.toThrow(message);
    await expect(resourcesOf(definition)).rejects.toMatchObject({ name: "ConfigError" });
  });

  test("one that is there twice", async () => {
    await expect(resourcesOf(pool, pool)).rejects.toThrow('"gates#Pool" is defined twice');
  });

  test("no list at all", async () => {
    const root = project({ [file]: `{ "resources": {} }` });
    await expect(readCommand([], root)).rejects.toThrow("resources must be a list, but it is {}");
  });
});
