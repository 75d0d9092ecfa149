import { describe, expect, test } from "vitest";
import type { CliOptions } from "../../src/options/build.js";
import { readCommand } from "../../src/options.js";
import { servingTransforms, transformIds } from "../../src/transform-ids.js";
import { project, put } from "../support/project.js";

async function optionsOf(argv: readonly string[], folder = project()): Promise<CliOptions> {
  const command = await readCommand(argv, folder);
  if (command.command !== "run") throw new Error(`not a run: ${command.command}`);
  return command.options;
}

describe("arguments", () => {
  test("defaults: the whole folder, dry, safe, nothing allowed", async () => {
    const root = project();
    expect(await optionsOf([], root)).toEqual({
      root,
      paths: ["."],
      mode: "dry",
      safety: "safe",
      strict: false,
      ignore: [],
      gitignore: true,
      includeTests: false,
      transforms: transformIds,
      syntax: "auto",
      emit: "adopt",
      runtime: "resource-context",
      contextName: "ctx",
      allow: { dirty: false, staged: false, noVcs: false },
      verify: "auto",
      verifyTimeout: 600,
      ask: "once",
      format: "auto",
      install: true,
      baseline: null,
      cache: null,
      changes: null,
      shard: null,
      select: null,
      resources: [],
      ownTransforms: [],
      outputs: [{ form: "pretty", file: null }],
      color: "auto",
      verbosity: "normal",
      timings: false,
    });
  });

  test.each([
    [["--dry"], { mode: "dry" }],
    [["-d"], { mode: "dry" }],
    [["-n"], { mode: "dry" }],
    [["--dry-run"], { mode: "dry" }],
    [["--check"], { mode: "check" }],
    [["-w"], { mode: "write" }],
    [["--write", "src"], { mode: "write", paths: ["src"] }],
    [["src", "--write", "lib"], { mode: "write", paths: ["src", "lib"] }],
    [["--check", "true"], { mode: "check", paths: ["true"] }],
    [["--check", "false"], { mode: "check", paths: ["false"] }],
    [["--", "--check", "-w"], { mode: "dry", paths: ["--check", "-w"] }],
    [["1", "0x10", "1e3"], { paths: ["1", "0x10", "1e3"] }],
    [["--no-install", "--no-gitignore", "--no-color"], { install: false, gitignore: false, color: "never" }],
    [["--color"], { color: "always" }],
    [["--safety", "likely", "src"], { safety: "likely", paths: ["src"] }],
    [["--safety=unsafe"], { safety: "unsafe" }],
    [["--ignore", "a", "b", "--ignore=c"], { ignore: ["a", "c"], paths: ["b"] }],
    [["--transform", "spawn"], { transforms: ["spawn", ...servingTransforms] }],
    [["--skip-transform", "spawn"], { transforms: transformIds.filter((id) => id !== "spawn") }],
    [
      ["--runtime", "#resources", "--context-name", "$scope"],
      { runtime: "#resources", contextName: "$scope" },
    ],
    [["--allow-dirty", "--allow-no-vcs"], { allow: { dirty: true, staged: false, noVcs: true } }],
    [["--patch", "src"], { outputs: [{ form: "patch", file: null }], paths: ["src"] }],
    [
      ["--patch=x.patch"],
      {
        outputs: [
          { form: "pretty", file: null },
          { form: "patch", file: "x.patch" },
        ],
      },
    ],
    [["--reporter", "json"], { outputs: [{ form: "json", file: null }] }],
    [
      ["--reporter", "json=a=b.json"],
      {
        outputs: [
          { form: "pretty", file: null },
          { form: "json", file: "a=b.json" },
        ],
      },
    ],
    [
      ["--reporter", "pretty", "--reporter", "json=r.json"],
      {
        outputs: [
          { form: "pretty", file: null },
          { form: "json", file: "r.json" },
        ],
      },
    ],
    [["-q"], { verbosity: "quiet" }],
    [["--verbose", "--timings"], { verbosity: "verbose", timings: true }],
  ])("%j", async (argv, expected) => {
    expect(await optionsOf(argv)).toMatchObject(expected);
  });

  test.each([
    [["--chek"], /Unknown flag --chek\. Did you mean --check\?/],
    [["--alow-dirty"], /Did you mean --allow-dirty\?/],
    [["--dryrun"], /Did you mean --dry-run\?/],
    [["--no-instal"], /Did you mean --no-install\?/],
    [["-x"], /Unknown flag -x/],
    [["-write"], /Unknown flag -write\. Did you mean --write\?/],
    [["-dw"], /Unknown flag -dw/],
    [["--completely-different-thing"], /Unknown flag --completely-different-thing\.\n/],
    [["--check", "--write"], /--check and --write contradict/],
    [["--dry", "-w"], /--dry and --write contradict/],
    [
      ["--safety", "saef"],
      /--safety: unknown value "saef". Did you mean safe\?\nExpected one of safe, likely, unsafe/,
    ],
    [["--safety"], /--safety needs a value/],
    [["--safety="], /--safety needs a value/],
    [["--safety", "--write"], /--safety needs a value/],
    [["--safety", "safe", "--safety", "likely"], /given 2 times/],
    [["--no-safety"], /Unknown flag --no-safety/],
    [["--check=maybe"], /--check takes no value, but "maybe"/],
    [["--reporter", "xml"], /unknown value "xml"/],
    [["--reporter", "json", "--patch"], /json and patch cannot both be printed/],
    [["--transform", "imports"], /unknown value "imports"/],
    [["--transform", "spawn", "--skip-transform", "spawn"], /nothing to do/],
    [["--context-name", "no name"], /not a name for a variable/],
    [["--quiet", "--verbose"], /contradict/],
    [["--cwd", "nowhere"], /--cwd: "nowhere" is not a folder/],
  ])("%j is refused", async (argv, message) => {
    await expect(optionsOf(argv)).rejects.toThrow(message);
    await expect(optionsOf(argv)).rejects.toMatchObject({ name: "ConfigError" });
  });

  test("help lists every flag once, version wins over paths", async () => {
    const help = await readCommand(["src", "--help"], project());
    expect(help).toMatchObject({
      command: "help",
      text: expect.stringMatching(/--dry-run[^]*--allow-no-vcs[^]*--patch/),
    });
    expect(await readCommand(["-V", "src"], project())).toEqual({ command: "version" });
  });
});

describe("configuration", () => {
  const file = "resource-codemod.config.json";

  test("the nearest one counts, and arguments win", async () => {
    const root = project({
      [file]: `{ "safety": "unsafe", "strict": true }`,
      [`a/${file}`]: `\ufeff{ "$schema": "x", "safety": "likely", "includeTests": true, "skipTransform": ["spawn"], "install": false }`,
    });
    put(root, { "a/b/x.ts": "" });
    const options = await optionsOf(["--no-gitignore", "--cwd", "a/b", "--safety=safe"], root);
    expect(options).toMatchObject({
      safety: "safe",
      strict: false,
      includeTests: true,
      install: false,
      gitignore: false,
    });
    expect(options.transforms).toEqual(transformIds.filter((id) => id !== "spawn"));
  });

  test("a key in package.json", async () => {
    const root = project({
      "package.json": `{ "name": "x", "resource-codemod": { "contextName": "scope" } }`,
    });
    expect(await optionsOf([], root)).toMatchObject({ contextName: "scope" });
  });

  test("a package.json without the key, or broken without it, is none of our business", async () => {
    expect(await optionsOf([], project({ "package.json": `{ "name": "resource-codemod" }` }))).toMatchObject({
      safety: "safe",
    });
    expect(await optionsOf([], project({ "package.json": `{ nonsense` }))).toMatchObject({ safety: "safe" });
  });

  test("ignore patterns are relative to the file that holds them", async () => {
    const ignore = ["legacy", "/a/b/gen", "a/c/gen", "**/x/y", "a/**/z", "*/b/w", "dir/", "!a/b/keep"];
    const root = project({ [file]: JSON.stringify({ ignore }), "a/b/x.ts": "" });
    expect((await optionsOf(["--ignore", "mine"], root)).ignore).toEqual([...ignore, "mine"]);
    const below = await optionsOf(["--cwd", "a/b", "--ignore", "mine"], root);
    expect(below.ignore).toEqual(["legacy", "/gen", "**/x/y", "**/z", "/w", "dir/", "!/keep", "mine"]);
  });

  test("a pattern that ignores the folder we start in ignores all of it", async () => {
    const root = project({ [file]: `{ "ignore": ["b/"] }`, "a/b/x.ts": "" });
    expect((await optionsOf(["--cwd", "a/b"], root)).ignore).toEqual(["**"]);
  });

  test.each([
    [{ [file]: "{ nonsense" }, /is not valid JSON/],
    [{ [file]: "[]" }, /must be an object/],
    [{ [file]: `{ "safty": "safe" }` }, /unknown key "safty"\. Did you mean safety\?\nKnown keys: /],
    [{ [file]: `{ "write": true }` }, /unknown key "write"/],
    [{ [file]: `{ "strict": "yes" }` }, /"strict" must be true or false, but it is "yes"/],
    [{ [file]: `{ "ignore": "a" }` }, /"ignore" must be a list of texts/],
    [{ [file]: `{ "safety": "high" }` }, /unknown value "high"/],
    [{ "package.json": `{ "resource-codemod": { "safty": 1 } }` }, /package\.json: unknown key "safty"/],
    [{ "package.json": `{ "resource-codemod": {}, }` }, /is not valid JSON/],
    [{ [`${file}/x`]: "" }, /cannot be read/],
  ])("%j is refused", async (files, message) => {
    const root = project(files);
    await expect(optionsOf([], root)).rejects.toThrow(message);
    await expect(optionsOf([], root)).rejects.toMatchObject({ name: "ConfigError" });
  });
});
