import { describe, expect, it } from "vitest";
import { findMocked } from "../../src/analyse/mocks/index.js";
import { builtIn } from "../../src/catalogue/index.js";
import { isTest } from "../../src/discover/paths.js";
import { mocksResources } from "../../src/discover/prefilter.js";
import type { Kind } from "../../src/types.js";
import { run } from "../../src/run.js";
import { optionsFor, project } from "../support/project.js";

const source = {
  "src/save.ts": `import { writeFile } from "node:fs/promises";\nexport const save = writeFile;`,
  "src/index.ts": `export * from "./save.js";`,
  "src/apart.ts": `export const port = 8080;`,
};

function reaches(test: string): {
  readonly save: boolean;
  readonly apart: boolean;
  readonly spawns: boolean;
} {
  const root = project({ ...source, "test/a.test.ts": test });
  const tests = ["test/a.test.ts"];
  const { mockerOf } = findMocked({ root, tests, mockingTests: tests, catalogue: builtIn });
  return {
    save: mockerOf("src/save.ts", "file-write") !== null,
    apart: mockerOf("src/apart.ts", "file-write") !== null,
    spawns: mockerOf("src/save.ts", "child-process") !== null,
  };
}

describe("a test that replaces a module", () => {
  it.each([
    ["vi.mock", `vi.mock("fs/promises");`],
    ["with the node: prefix", `vi.mock("node:fs", () => ({}));`],
    ["with a type argument and an import()", `vi.mock<object>(import("node:fs"), () => ({}));`],
    ["jest.mock", `jest.mock('fs');`],
    ["a spy on a namespace", `import * as fs from "fs"; vi.spyOn(fs, "writeFileSync");`],
    ["a stub of sinon", `const fs = require("fs"); sinon.stub(fs, "writeFile");`],
    ["memfs", `import { vol } from "memfs";`],
    ["the mocks of node:test", `mock.module("node:fs", {});`],
    ["a method of node:test", `import fs from "node:fs"; t.mock.method(fs, "writeFile");`],
    ["jest before ESM loads", `jest.unstable_mockModule("node:fs/promises", () => ({}));`],
    ["a spread of the original", `vi.mock("node:fs", async (original) => ({ ...(await original()) }));`],
    ["testdouble", `td.replaceEsm("node:fs/promises");`],
    ["mockery", `mockery.registerMock("fs", {});`],
    ["mock-require", `const mock = require("mock-require"); mock("fs", {});`],
    ["proxyquire", `const { save: other } = proxyquire("../src/save.js", { fs: {} });`],
    ["proxyquire without the original", `proxyquire.noCallThru()("../src/save.js", { "fs/promises": {} });`],
    ["esmock", `await esmock("../src/save.js", { "node:fs": { writeFile: () => undefined } });`],
    ["esmock, strictly", `await esmock.strict("../src/save.js", { fs: {} });`],
    ["rewire", `const save2 = rewire("../src/save.js"); save2.__set__("fs", {});`],
  ])("%s reaches what the test imports, directly or not", (_, line) => {
    expect(reaches(`import { save } from "../src/index.js";\n${line}`)).toEqual({
      save: true,
      apart: false,
      spawns: false,
    });
  });

  it("loads what only the loader of the test loads", () => {
    expect(reaches(`const { save } = proxyquire("../src/save.js", { fs: {} });`).save).toBe(true);
    expect(reaches(`const { save } = proxyquire("../src/save.js", { os: {} });`).save).toBe(false);
  });

  it.each([
    ["imports only its types", `import type { save } from "../src/index.js"; vi.mock("fs");`],
    [
      "replaces the file itself",
      `import { save } from "../src/save.js"; vi.mock("../src/save.js"); vi.mock("fs");`,
    ],
    [
      "replaces a file on the way",
      `import { save } from "../src/index.js"; vi.mock("../src/save.js"); vi.mock("fs");`,
    ],
    ["replaces another module", `import { save } from "../src/index.js"; vi.mock("os");`],
    [
      "spies on something else",
      `import fs from "fs"; import { save } from "../src/index.js"; vi.spyOn(console, "log");`,
    ],
  ])("does not reach it when it %s", (_, test) => expect(reaches(test).save).toBe(false));

  it("knows the kind", () => {
    expect(reaches(`import "../src/index.js"; vi.mock("child_process");`)).toEqual({
      save: false,
      apart: false,
      spawns: true,
    });
  });
});

describe("what is replaced for every test", () => {
  const plain = { "src/apart.test.ts": `import "./apart.js";`, "src/index.test.ts": `import "./index.js";` };

  /** Who replaces something while a test loads the file that saves. */
  function replacerOf(files: Readonly<Record<string, string>>, kind: Kind = "file-write"): string | null {
    const all: Readonly<Record<string, string>> = { ...source, ...plain, ...files };
    const tests = Object.keys(all).filter(isTest);
    const mockingTests = tests.filter((file) => mocksResources(all[file] ?? "", builtIn));
    const { mockerOf } = findMocked({ root: project(all), tests, mockingTests, catalogue: builtIn });
    const mocker = mockerOf("src/save.ts", kind);
    return mocker?.by === "file" ? mocker.file : (mocker?.by ?? null);
  }

  const setup = { "test/setup.ts": `import { vi } from "vitest";\nvi.mock("node:fs/promises");\n` };
  it.each([
    ["vitest.config.ts", `export default { test: { setupFiles: ["./test/setup.ts"] } };`],
    ["vite.config.mts", `export default { test: { root: ".", setupFiles: "test/setup.ts" } };`],
    [
      "vitest.config.mjs",
      `export default { test: {\n  setupFiles: [\n    "./test/other.ts",\n    "./test/setup.ts",\n  ],\n} };`,
    ],
    [
      "vitest.config.js",
      `export default { test: { setupFiles: path.resolve(import.meta.dirname, "test", "setup.ts") } };`,
    ],
    ["jest.config.js", `module.exports = { setupFiles: ["<rootDir>/test/setup"] };`],
    [
      "jest.config.cjs",
      `module.exports = { rootDir: "test", setupFilesAfterEnv: [require.resolve("./setup.ts")] };`,
    ],
    ["jest.config.json", `{ "setupFilesAfterEnv": ["<rootDir>/test/setup.ts"] }`],
    ["package.json", `{ "jest": { "setupFiles": ["./test/setup.ts"] } }`],
  ])("by a set-up file that %s names", (name, config) => {
    expect(replacerOf({ ...setup, [name]: config })).toBe("test/setup.ts");
    expect(replacerOf({ ...setup, [name]: config }, "child-process")).toBe(null);
  });

  it("by a file that the set-up file loads", () => {
    const files = { "test/setup.ts": `import "./disk.js";`, "test/disk.ts": `vi.mock("fs");` };
    const config = `export default { test: { setupFiles: ["./test/setup.ts"] } };`;
    expect(replacerOf({ ...files, "vitest.config.ts": config })).toBe("test/disk.ts");
  });

  it("but not for tests of another package", () => {
    const config = `export default { test: { setupFiles: ["./test/setup.ts"] } };`;
    const other = { "other/test/setup.ts": setup["test/setup.ts"], "other/vitest.config.ts": config };
    expect(replacerOf({ ...other, "other/port.test.ts": "" })).toBe(null);
  });

  it("but not the files that the set-up file puts something else in the place of", () => {
    const config = `export default { test: { setupFiles: ["./test/setup.ts"] } };`;
    const text = `${setup["test/setup.ts"]}vi.mock("../src/index.js");`;
    expect(replacerOf({ "test/setup.ts": text, "vitest.config.ts": config })).toBe(null);
  });

  it("not by a set-up file that nothing names", () => expect(replacerOf(setup)).toBe(null));

  const runs = { "src/save.ts": `import { execa } from "execa";\nexport const save = execa;` };
  const jest = { "package.json": `{ "devDependencies": { "jest": "^30.0.0" } }` };
  it("by a folder of mocks, which Jest takes for packages", () => {
    const mock = { "__mocks__/execa.js": `module.exports = { execa: jest.fn() };` };
    expect(replacerOf({ ...runs, ...jest, ...mock }, "child-process")).toBe("__mocks__/execa.js");
    expect(replacerOf({ ...runs, ...jest, "src/__mocks__/execa.ts": "" }, "child-process")).toBe(
      "src/__mocks__/execa.ts",
    );
  });

  it.each([
    [
      "for Vitest, which wants to be asked",
      { "package.json": `{ "devDependencies": { "vitest": "^4.0.0" } }` },
      "__mocks__/execa.js",
    ],
    ["for a module of Node", jest, "__mocks__/fs.js"],
    ["for a package that acquires nothing", jest, "__mocks__/lodash.js"],
  ])("not by a folder of mocks %s", (_, manifest, name) => {
    expect(replacerOf({ ...runs, ...manifest, [name]: "" }, "child-process")).toBe(null);
    expect(replacerOf({ ...manifest, [name]: "" })).toBe(null);
  });

  it("by Jest itself, where it replaces everything", () => {
    expect(replacerOf({ "jest.config.js": "module.exports = { automock: true };" })).toBe("jest.config.js");
  });

  it("makes a site likely, and the report says why", async () => {
    const root = project({
      ...setup,
      "src/save.ts": `import { writeFile } from "node:fs/promises";\nexport const save = (port: string) => writeFile("port.txt", port);\n`,
      "src/save.test.ts": `import { save } from "./save.js";\nit("saves", () => save("8080"));\n`,
      "vitest.config.ts": `export default { test: { setupFiles: ["test/setup.ts"] } };`,
    });
    const { files } = await run(optionsFor(root));
    const findings = files.flatMap((one) => one.findings);
    expect(findings.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      "likely: Tests that reach this file run with replacements from test/setup.ts: check that they still pass.",
    ]);
  });
});
