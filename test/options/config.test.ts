import { join } from "node:path";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import type { CliOptions } from "../../src/options/build.js";
import type { Settings } from "../../src/options/define-config.js";
import { readCommand } from "../../src/options.js";
import { command } from "../support/command.js";
import { configSchema } from "../support/config-schema.js";
import { project, put } from "../support/project.js";

const file = "resource-codemod.config.json";
const tools = "tools/shared.json";
const config = (content: unknown): string => JSON.stringify(content, null, 2);

async function optionsOf(root: string, ...argv: readonly string[]): Promise<CliOptions> {
  const read = await readCommand(argv, root);
  if (read.command !== "run") throw new Error(`not a run: ${read.command}`);
  return read.options;
}

describe("extends", () => {
  const gate = {
    acquire: { module: "gates", call: "open" },
    release: [{ by: "method", name: "close" }],
  };

  test("what extends wins; resources, transforms and ignored patterns are added", async () => {
    const shared = {
      safety: "likely",
      strict: true,
      ignore: ["gen"],
      resources: [gate],
      transforms: ["./a.js"],
    };
    const own = { extends: `./${tools}`, safety: "unsafe", ignore: ["old"], transforms: ["./b.js"] };
    const root = project({ [tools]: config(shared), "tools/a.js": "", [file]: config(own), "b.js": "" });
    const options = await optionsOf(root, "--ignore", "mine");
    expect(options).toMatchObject({ safety: "unsafe", strict: true, ignore: ["gen", "old", "mine"] });
    expect(options.resources.map(({ id }) => id)).toEqual(["gates#open"]);
    expect(options.ownTransforms.map(({ path }) => path)).toEqual([
      join(root, "tools/a.js"),
      join(root, "b.js"),
    ]);
  });

  test("patterns of a folder above count from there, those of a file beside from who extends it", async () => {
    const root = project({
      [file]: config({ ignore: ["/packages/api/gen", "/packages/web"] }),
      [tools]: config({ ignore: ["/fixtures"] }),
      [`packages/api/${file}`]: config({ extends: [`../../${file}`, `../../${tools}`] }),
    });
    expect((await optionsOf(root, "--cwd", "packages/api")).ignore).toEqual(["/gen", "/fixtures"]);
  });

  test("a package, whatever its folder is", async () => {
    const root = project({
      "node_modules/team-config/package.json": `{ "name": "team-config", "main": "codemod.json" }`,
      "node_modules/team-config/codemod.json": `{ "safety": "likely", "ignore": ["/gen"] }`,
      [file]: config({ extends: ["team-config"] }),
    });
    expect(await optionsOf(root)).toMatchObject({ safety: "likely", ignore: ["/gen"] });
  });

  test.each([
    ["./none.json", /"extends" names "\.\/none\.json"\. There is no file .*none\.json\.\nExpected a path/],
    ["none", /"extends" names "none"\. No package of that name is found/],
    [`./${file}`, /extend each other in a circle:\n {2}.*\n {2}extends /],
    [3, /extends must be a text that is not empty, but it is 3/],
  ])("%j is refused", async (base, message) => {
    await expect(optionsOf(project({ [file]: config({ extends: base }) }))).rejects.toThrow(message);
  });
});

describe("which configuration counts", () => {
  test("--config names one, --no-config reads none", async () => {
    const root = project({ [file]: `{ "safety": "likely" }`, "ci.json": `{ "safety": "unsafe" }` });
    expect(await optionsOf(root)).toMatchObject({ safety: "likely" });
    expect(await optionsOf(root, "--config", "ci.json")).toMatchObject({ safety: "unsafe" });
    expect(await optionsOf(root, "--no-config")).toMatchObject({ safety: "safe" });
    await expect(optionsOf(root, "--config", "cli.json")).rejects.toThrow(
      /--config: there is no file .*cli\.json/,
    );
    await expect(optionsOf(root, "--config")).rejects.toThrow("--config needs a value");
  });

  test("two in one folder are refused", async () => {
    const root = project({ [file]: "{}", "package.json": `{ "resource-codemod": {} }` });
    await expect(optionsOf(root)).rejects.toThrow(
      /has two configurations: resource-codemod\.config\.json and package\.json\.\nKeep one/,
    );
  });

  test("a package below that has its own does not change a run from the root", async () => {
    const root = project({
      [file]: `{ "safety": "likely" }`,
      [`packages/api/${file}`]: `{ "strict": true }`,
    });
    expect(await optionsOf(root)).toMatchObject({ safety: "likely", strict: false });
    expect(await optionsOf(root, "--cwd", "packages/api")).toMatchObject({ safety: "safe", strict: true });
  });
});

describe("--print-config", () => {
  test("each value with who says so: a line, a flag or nobody", () => {
    const root = project({
      [tools]: config({ strict: true, ignore: ["gen"] }),
      [file]: config({ extends: `./${tools}`, safety: "likely", ignore: ["old"] }),
    });
    const { stdout, stderr } = command(root, "--print-config", "--emit=acquire", "--ignore", "mine");
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^Configuration {2}resource-codemod\.config\.json\nextends {8}tools\/shared\.json\n/,
    );
    expect(stdout).toMatch(/^safety +"likely" +resource-codemod\.config\.json:3$/m);
    expect(stdout).toMatch(/^strict +true +tools\/shared\.json:2$/m);
    expect(stdout).toMatch(/^emit +"acquire" +--emit$/m);
    expect(stdout).toMatch(/^verifyTimeout +600 +default$/m);
    expect(stdout).toMatch(/^contextName +"ctx" +default$/m);
    expect(stdout).toMatch(
      /^ignore +\["gen","old","mine"\] +tools\/shared\.json:3, resource-codemod\.config\.json:4, --ignore$/m,
    );
    const json: unknown = JSON.parse(command(root, "--print-config", "--reporter=json").stdout);
    expect(json).toMatchObject({
      files: [file, tools],
      settings: {
        strict: { value: true, from: [`${tools}:2`] },
        install: { value: true, from: ["default"] },
      },
    });
  });

  test("in package.json the line is that of the key below ours", () => {
    const manifest = { name: "x", strict: true, "resource-codemod": { verify: "none", strict: true } };
    const root = project({ "package.json": config(manifest) });
    expect(command(root, "--print-config").stdout).toMatch(/^strict +true +package\.json:6$/m);
  });

  test("of nothing, and a configuration that is wrong", () => {
    const root = project();
    expect(command(root, "--print-config").stdout).toMatch(/^No configuration was found/);
    expect(command(root, "--print-config", "--reporter=sarif")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`--print-config cannot be written as "sarif"`),
    });
    put(root, { [file]: `{ "safety": "high" }` });
    expect(command(root, "--print-config")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /config\.json: "safety": unknown value "high"\.\nExpected one of safe, likely/,
      ),
    });
  });
});

describe("schema.json", () => {
  const schema = configSchema();
  const validate = new Ajv({ strict: false }).compile(schema);

  test("is the one that the flags say, with every key that defineConfig takes", () => {
    const shipped: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../schema.json"), "utf8"));
    expect(shipped).toEqual(JSON.parse(JSON.stringify(schema)));
    const typed: Readonly<Record<keyof Settings, true>> = {
      extends: true,
      includeTests: true,
      ignore: true,
      gitignore: true,
      safety: true,
      strict: true,
      transform: true,
      skipTransform: true,
      syntax: true,
      emit: true,
      runtime: true,
      contextName: true,
      verify: true,
      verifyTimeout: true,
      format: true,
      install: true,
      cache: true,
      strictBaseline: true,
      transforms: true,
      resources: true,
    };
    const keys = Object.keys(Object(schema["properties"])).filter((key) => key !== "$schema");
    expect(keys.sort()).toEqual(Object.keys(typed).sort());
  });

  const release = [{ by: "method", name: "close" }];
  const acquire = { module: "gates", call: "open" };
  test.each([
    [{ $schema: "./node_modules/resource-codemod/schema.json" }, true],
    [{ safety: "likely", strict: true, verify: "npm test", verifyTimeout: 60 }, true],
    [{ transform: ["spawn"], ignore: [""], install: false }, true],
    [{ resources: [{ acquire, release }] }, true],
    [
      { resources: [{ acquire: { module: ["a", "b"], construct: "Pool" }, release: [{ by: "call" }] }] },
      true,
    ],
    [{ safety: "high" }, false],
    [{ safty: "safe" }, false],
    [{ write: true }, false],
    [{ verifyTimeout: "60" }, false],
    [{ runtime: "" }, false],
    [{ strict: "yes" }, false],
    [{ transform: ["imports"] }, false],
    [{ extends: [] }, true],
    [{ extends: 3 }, false],
    [{ resources: {} }, false],
    [{ resources: [{ release }] }, false],
    [{ resources: [{ acquire, release: [] }] }, false],
    [{ resources: [{ acquire: { ...acquire, construct: "Gate" }, release }] }, false],
    [{ resources: [{ acquire, release: [{ by: "call", name: "end" }] }] }, false],
    [
      { resources: [{ acquire, release: [{ by: "function", module: "m", name: "f", argument: -1 }] }] },
      false,
    ],
  ])("says of %j what the command says", async (content, isRight) => {
    expect(validate(content)).toBe(isRight);
    const read = readCommand([], project({ [file]: config(content) })).then(
      () => true,
      () => false,
    );
    expect(await read).toBe(isRight);
  });
});
