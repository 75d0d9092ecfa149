import { describe, expect, test } from "vitest";
import { command, onTerminal } from "../support/command.js";
import { git, repository } from "../support/project.js";

const writer = `import { writeFileSync } from "node:fs";\n\nexport function save(path: string): void {\n  writeFileSync(path, "port");\n}\n`;
const sample = (): string =>
  repository({
    "package.json": `{ "name": "sample" }\n`,
    "src/a.ts": writer,
    "src/b.ts": writer,
    "src/c.ts": writer,
  });
const changed = (root: string): readonly string[] =>
  git(root, "status", "--porcelain").match(/src\/\w/g) ?? [];

describe("--interactive", () => {
  test("asks about each change, shows its part of the diff, and explains", async () => {
    const root = sample();
    const { code, output } = await onTerminal(
      root,
      ["-i"],
      [
        ["Make this change?", "e\r"],
        ["Make this change?", "y\r"],
        ["Make this change?", "x\r"],
        ["Make this change?", "no\r"],
        ["Make this change?", "y\r"],
      ],
    );
    expect(code).toBe(0);
    expect(output).toContain("[1/3]");
    expect(output).toContain("@@ -1,5 +1,5 @@");
    expect(output).toContain("verdict");
    expect(output).toContain("Answer with y (yes)");
    expect(changed(root)).toEqual(["src/a", "src/c"]);
  });

  test.each([
    [
      "all",
      [
        ["change?", "n\r"],
        ["change?", "a\r"],
      ],
      0,
      ["src/b", "src/c"],
    ],
    [
      "quit, which drops what was taken before",
      [
        ["change?", "y\r"],
        ["change?", "q\r"],
      ],
      0,
      [],
    ],
    [
      "the end of the input",
      [
        ["change?", "y\r"],
        ["change?", "\u0004"],
      ],
      0,
      [],
    ],
    [
      "Ctrl-C",
      [
        ["change?", "y\r"],
        ["change?", "\u0003"],
      ],
      130,
      [],
    ],
  ] as const)("%s", async (_, answers, status, files) => {
    const root = sample();
    const { code } = await onTerminal(root, ["-i"], answers);
    expect({ code, files: changed(root) }).toEqual({ code: status, files });
  });

  test("off a terminal it says what to do", () => {
    const root = sample();
    const { status, stderr } = command(root, "-i");
    expect(status).toBe(2);
    expect(stderr).toContain("--dry");
    expect(command(root, "-i", "--write").stderr).toContain("contradict");
    expect(changed(root)).toEqual([]);
  });
});

describe("without a mode, on a terminal", () => {
  test.each([
    ["all", [["changes?", "all\r"]], ["src/a", "src/b", "src/c"]],
    [
      "pick",
      [
        ["changes?", "p\r"],
        ["change?", "n\r"],
        ["change?", "y\r"],
        ["change?", "n\r"],
      ],
      ["src/b"],
    ],
    ["quit", [["changes?", "q\r"]], []],
  ] as const)("%s", async (_, answers, files) => {
    const root = sample();
    const { code, output } = await onTerminal(root, [], answers);
    expect(code).toBe(0);
    expect(output).toContain("+  atomicWriteFileSync");
    expect(changed(root)).toEqual(files);
  });

  test("--dry asks nothing, and a dirty tree is refused before a question", async () => {
    const root = sample();
    expect(await onTerminal(root, ["--dry"], [])).toMatchObject({ code: 0 });
    git(root, "rm", "-q", "--cached", "src/b.ts");
    const { code, output } = await onTerminal(root, [], []);
    expect(code).toBe(2);
    expect(output).toContain("--allow-");
  });
});

test("a terminal sees how far the work is, on one line that is gone at the end; nobody else does", async () => {
  const root = sample();
  const { output } = await onTerminal(root, ["--check"], []);
  expect(output).toMatch(/\r\u001b\[K[a-z]+ \d+\/\d+/);
  expect(output.split("\u001b[K").at(-1)).not.toMatch(/^[a-z]+ \d+\/\d+/);
  const plain = command(root, "--check");
  expect(plain.stdout + plain.stderr).not.toContain("\u001b");
  expect(plain.stderr).toBe("");
});
