import { describe, expect, it } from "vitest";
import { findMocked } from "../../src/analyse/mocks.js";
import { builtIn } from "../../src/catalogue/index.js";
import { project } from "../support/project.js";

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
  const { isMocked } = findMocked({ root, tests: ["test/a.test.ts"], catalogue: builtIn });
  return {
    save: isMocked("src/save.ts", "file-write"),
    apart: isMocked("src/apart.ts", "file-write"),
    spawns: isMocked("src/save.ts", "child-process"),
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
