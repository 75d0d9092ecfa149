import { expect, test } from "vitest";
import { run } from "../../src/run.js";
import { optionsFor, project } from "../support/project.js";

const writer = (text: string): string =>
  `const { writeFileSync } = require("fs");\nwriteFileSync("port.txt", ${text});\n`;

test("octal escapes and literals of old scripts are no syntax errors, and the file is rewritten", async () => {
  const root = project({ "a.js": writer('"\\033[1m" + 0644'), "package.json": "{}" });
  const report = await run(optionsFor(root));
  expect(report).toMatchObject({ exitCode: 0, files: [{ status: "changed" }] });
});

test.each(["a.ts", "a.mjs"])("in %s they are", async (name) => {
  const root = project({ [name]: writer('"\\033[1m"'), "package.json": "{}" });
  expect(await run(optionsFor(root))).toMatchObject({
    exitCode: 2,
    files: [{ status: "failed", stage: "parse" }],
  });
});
