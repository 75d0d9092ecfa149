import { describe, expect, test } from "vitest";
import { completions, completionScript } from "../../src/options/help.js";
import { chosenTransforms } from "../../src/transform-ids.js";
import { command } from "../support/command.js";
import { project } from "../support/project.js";
import { inProcess } from "../support/session.js";

describe("completion", () => {
  test.each([
    ["--saf", ["--safety"]],
    ["--safety", ["safe", "likely", "unsafe"]],
    ["compl", ["completion"]],
  ])("after %s", async (word, expected) => {
    const words = word === "--safety" ? [word, ""] : [word];
    expect(await completions(["resource-codemod", ...words])).toEqual(expect.arrayContaining(expected));
  });

  test("the script asks the command itself", async () => {
    expect(await completionScript()).toContain("resource-codemod --get-yargs-completions");
    const asked = command(project(), "--get-yargs-completions", "resource-codemod", "--basel");
    expect(asked).toMatchObject({ status: 0, stdout: "--baseline\n" });
  });

  test("a flag that it does not read is refused, a folder of its name is not", () => {
    expect(command(project(), "completion", "--write")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/--write is no flag of "completion".*\n.*\.\/completion/),
    });
    const root = project({ "completion/port.ts": "export const port = 1;\n" });
    expect(command(root, "--dry", "./completion")).toMatchObject({ status: 0 });
  });
});

test("--list-transforms names each that --transform takes, with its kinds", async () => {
  const { code, stdout } = await inProcess(project(), "--list-transforms");
  expect(code).toBe(0);
  const named = stdout
    .split("\n\n")[0]
    ?.split("\n")
    .map((line) => line.split(" ")[0]);
  expect(named).toEqual(chosenTransforms);
  expect(stdout).toMatch(/^temp-files +temp-dir, temp-file$/m);
});
