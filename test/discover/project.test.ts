import { readFileSync } from "node:fs";
import semver from "semver";
import { describe, expect, test } from "vitest";
import { Projects } from "../../src/discover/project.js";
import { project } from "../support/project.js";

type Files = Readonly<Record<string, string>>;

const json = (value: unknown): string => JSON.stringify(value);
const modern = { devDependencies: { typescript: "^5.9.0" } };
const lowered = json({ compilerOptions: { target: "es2022" } });

function factsFor(file: string, files: Files): ReturnType<Projects["factsFor"]> {
  return new Projects({ root: project(files), syntax: "auto" }).factsFor(file);
}

const manifest = (rest: object): string => json({ name: "shop", ...modern, ...rest });

describe("await using, where it is sure to run", () => {
  test.each<readonly [string, string, Files]>([
    ["TypeScript lowers it", "src/run.ts", { "package.json": manifest({}), "tsconfig.json": lowered }],
    [
      "the installed TypeScript counts, not the range",
      "src/run.ts",
      {
        "package.json": manifest({ devDependencies: { typescript: "*" } }),
        "node_modules/typescript/package.json": json({ version: "5.2.2" }),
        "tsconfig.json": lowered,
      },
    ],
    [
      "the target of a config that is extended",
      "src/run.ts",
      {
        "package.json": manifest({}),
        "tsconfig.json": json({ extends: "./tsconfig.base.json" }),
        "tsconfig.base.json": lowered,
      },
    ],
    [
      "JavaScript on Node 24",
      "src/run.js",
      { "package.json": json({ name: "shop", engines: { node: ">=24" } }) },
    ],
    [
      "a package of a workspace",
      "packages/a/src/run.ts",
      {
        "package.json": manifest({}),
        "packages/a/package.json": json({ name: "a" }),
        "packages/a/tsconfig.json": lowered,
      },
    ],
  ])("%s", (_, file, files) => expect(factsFor(file, files).syntax).toBe("using"));

  test.each<readonly [string, string]>([
    ["/**\n * Usage:\n *   node scripts/release.ts --dry\n */\nrun();\n", "try-finally"],
    ["// node --cpu-prof ./scripts/release.ts\nrun();\n", "try-finally"],
    ["// node --import tsx scripts/release.ts\nrun();\n", "using"],
    ["// node scripts/bench.ts\nrun();\n", "using"],
    ['start("node scripts/release.ts");\n', "using"],
  ])("a script whose comment says %j", (text, syntax) => {
    const files = { "package.json": manifest({}), "tsconfig.json": lowered, "scripts/release.ts": text };
    expect(factsFor("scripts/release.ts", files).syntax).toBe(syntax);
    const new24 = { ...files, "package.json": manifest({ engines: { node: ">=24" } }) };
    expect(factsFor("scripts/release.ts", new24).syntax).toBe("using");
  });

  test.each<readonly [string, string, Files]>([
    [
      "TypeScript is too old",
      "src/run.ts",
      { "package.json": manifest({ devDependencies: { typescript: "~5.1.0" } }), "tsconfig.json": lowered },
    ],
    [
      "nothing says which TypeScript",
      "src/run.ts",
      { "package.json": json({ name: "shop" }), "tsconfig.json": lowered },
    ],
    ["there is no tsconfig", "src/run.ts", { "package.json": manifest({}) }],
    [
      "the target is ESNext",
      "src/run.ts",
      {
        "package.json": manifest({}),
        "tsconfig.json": '{ // newest\n "compilerOptions": { "target": "ESNext" } }',
      },
    ],
    [
      "Node strips the types",
      "src/run.ts",
      {
        "package.json": manifest({}),
        "tsconfig.json": json({ compilerOptions: { erasableSyntaxOnly: true } }),
      },
    ],
    [
      "a script runs TypeScript as it is",
      "src/run.ts",
      {
        "package.json": manifest({ scripts: { start: "PORT=8080 node --watch src/run.ts" } }),
        "tsconfig.json": lowered,
      },
    ],
    [
      "a component has a compiler of its own",
      "src/App.vue",
      { "package.json": manifest({}), "tsconfig.json": lowered },
    ],
    [
      "Babel compiles",
      "src/run.ts",
      { "package.json": manifest({}), "tsconfig.json": lowered, "babel.config.js": "" },
    ],
    ["plain JavaScript", "src/run.js", { "package.json": manifest({ engines: { node: ">=20" } }) }],
    [
      "Prettier 2 cannot read it",
      "src/run.ts",
      {
        "package.json": manifest({ devDependencies: { typescript: "^5.9.0", prettier: "^2.8.0" } }),
        "tsconfig.json": lowered,
      },
    ],
    [
      "an old parser of ESLint cannot read it",
      "src/run.ts",
      {
        "package.json": manifest({
          devDependencies: { typescript: "^5.9.0", "@typescript-eslint/parser": "^5.0.0" },
        }),
        "tsconfig.json": lowered,
      },
    ],
  ])("not: %s", (_, file, files) => expect(factsFor(file, files).syntax).toBe("try-finally"));
});

describe("the rest of what a package says", () => {
  test("the nearest package.json says how a .js file is loaded", () => {
    const files = { "package.json": json({ type: "module" }), "legacy/package.json": json({}) };
    expect(factsFor("run.js", files).packageType).toBe("module");
    expect(factsFor("legacy/run.js", files).packageType).toBe("commonjs");
  });

  test.each<readonly [string, string, Files, RegExp]>([
    ["an old Node", "src/run.ts", { "package.json": json({ engines: { node: ">=14" } }) }, /Node ">=14"/],
    [
      "a Node that is older by one",
      "src/run.ts",
      { "package.json": json({ engines: { node: ">=17" } }) },
      /supports Node ">=17"; the runtime needs 18\.0 or later/,
    ],
    [
      "one of several too old",
      "src/run.ts",
      { "package.json": json({ engines: { node: "^17.9.1 || >=20" } }) },
      /the runtime needs 18\.0/,
    ],
    [
      "a workflow script",
      ".github/scripts/label.mjs",
      { "package.json": json({}) },
      /before packages are installed/,
    ],
    [
      "a preinstall script",
      "tools/check.js",
      { "package.json": json({ scripts: { preinstall: "node tools/check.js" } }) },
      /before packages are installed/,
    ],
    [
      "a skill",
      "skills/upgrade/scripts/rename.ts",
      { "package.json": json({}), "skills/upgrade/SKILL.md": "# Upgrade" },
      /belongs to a skill/,
    ],
  ])("caution: %s", (_, file, files, expected) => expect(factsFor(file, files).caution).toMatch(expected));

  test("the oldest Node that counts is that of the runtime", () => {
    const manifest: { readonly engines: { readonly node: string } } = JSON.parse(
      readFileSync(new URL("../../runtime/package.json", import.meta.url), "utf8"),
    );
    const at = (node: string) =>
      factsFor("src/run.ts", { "package.json": json({ engines: { node } }) }).caution;
    const { major, minor } = semver.minVersion(manifest.engines.node) ?? { major: 0, minor: 0 };
    expect([at(manifest.engines.node), at(`>=${major - 1}`)]).toEqual([
      null,
      expect.stringContaining(`the runtime needs ${major}.${minor} or later`),
    ]);
  });

  test.each([">=18", ">=18.18", "^18.18.0 || >=20", "^20.0.0", "*", "lts"])(
    "no caution for Node %s",
    (node) => {
      const { caution } = factsFor("src/run.ts", { "package.json": json({ engines: { node } }) });
      expect(caution).toBeNull();
    },
  );

  test("no caution for a skill that brings its packages, or is all there is", () => {
    const own = { "skills/upgrade/package.json": json({}), "skills/upgrade/SKILL.md": "# Upgrade" };
    expect(factsFor("skills/upgrade/scripts/rename.ts", own).caution).toBeNull();
    expect(factsFor("src/run.ts", { "package.json": json({}), "SKILL.md": "# Run" }).caution).toBeNull();
  });

  test("a broken package.json is named", () => {
    expect(() => factsFor("run.ts", { "package.json": "{ name: " })).toThrow(/Cannot read .*package\.json/);
  });
});
