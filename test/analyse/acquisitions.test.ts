import { describe, expect, it } from "vitest";
import { builtIn } from "../../src/catalogue/index.js";
import { findAcquisitions } from "../../src/analyse/acquisitions.js";
import { noExports } from "../../src/analyse/modules.js";
import { parseBatch } from "../../src/analyse/unit.js";

function apis(text: string, path = "job.ts"): readonly string[] {
  const [parsed] = parseBatch([{ path, text }], builtIn);
  if (parsed?.ok !== true) throw new Error(`did not parse: ${parsed?.error ?? "nothing"}`);
  return findAcquisitions(parsed.unit, noExports).map(
    (site) => site.acquisition.api.replace("node:", "") + (site.origin.promisified ? " promisified" : ""),
  );
}

const spawn = ["child_process#spawn"];

describe("an acquisition is known by where it comes from", () => {
  const same: readonly (readonly [string, string])[] = [
    ["named", `import { spawn } from "child_process"; spawn("ls");`],
    ["node: prefix", `import { spawn } from "node:child_process"; spawn("ls");`],
    ["aliased", `import { spawn as launch } from "child_process"; launch("ls");`],
    ["namespace", `import * as cp from "child_process"; cp.spawn("ls");`],
    ["default", `import cp from "child_process"; cp.spawn("ls");`],
    ["namespace with default", `import * as cp from "child_process"; cp.default.spawn("ls");`],
    ["import equals", `import cp = require("child_process"); cp.spawn("ls");`],
    ["require", `const cp = require("child_process"); cp.spawn("ls");`],
    ["require with var", `var cp = require("child_process"); cp.spawn("ls");`],
    ["require member", `const spawn = require("child_process").spawn; spawn("ls");`],
    ["require in place", `require("child_process").spawn("ls");`],
    ["destructured require", `const { spawn } = require("child_process"); spawn("ls");`],
    [
      "renamed in a destructured require",
      `const { spawn: launch } = require("child_process"); launch("ls");`,
    ],
    ["dynamic import", `const { spawn } = await import("child_process"); spawn("ls");`],
    ["dynamic import in place", `(await import("child_process")).spawn("ls");`],
    [
      "createRequire",
      `import { createRequire } from "module"; const require = createRequire(import.meta.url); require("child_process").spawn("ls");`,
    ],
    ["a built-in module by name", `process.getBuiltinModule("node:child_process").spawn("ls");`],
    [
      "a built-in module by name, where there is that function",
      `const cp = globalThis.process.getBuiltinModule?.("child_process"); cp.spawn("ls");`,
    ],
    [
      "destructured from a built-in module",
      `const { spawn: launch } = process.getBuiltinModule("child_process"); launch("ls");`,
    ],
    [
      "a built-in module through an imported process",
      `import proc from "node:process"; proc.getBuiltinModule("child_process").spawn("ls");`,
    ],
    [
      "a built-in module through an imported function",
      `import { getBuiltinModule as builtin } from "node:process"; builtin("child_process").spawn("ls");`,
    ],
    [
      "a built-in module through a destructured function",
      `const { getBuiltinModule } = process; getBuiltinModule("child_process").spawn("ls");`,
    ],
    [
      "an alias of an alias",
      `import * as cp from "child_process"; const tools = cp; const run = tools.spawn; run("ls");`,
    ],
    ["element access", `import * as cp from "child_process"; cp["spawn"]("ls");`],
    ["type arguments", `import { spawn } from "child_process"; spawn<string>("ls");`],
    ["called without this", `const cp_1 = require("child_process"); (0, cp_1.spawn)("ls");`],
    ["optional call", `import * as cp from "child_process"; cp.spawn?.("ls");`],
    ["non-null", `import * as cp from "child_process"; cp.spawn!("ls");`],
    ["cast", `import * as cp from "child_process"; (cp as any).spawn("ls");`],
    ["both branches", `import { spawn } from "child_process"; const run = win ? spawn : spawn; run("ls");`],
    [
      "after for await (await using)",
      `import { spawn } from "child_process"; async function f() { for await (await using x of y) {} spawn("ls"); }`,
    ],
  ];
  it.each(same)("%s", (_, text) => expect(apis(text)).toEqual(spawn));

  it("finds both calls of a chain that share one start", () => {
    expect(
      apis(`import { spawn } from "child_process"; spawn(spawn("which").stdout).on("exit", f);`),
    ).toHaveLength(2);
  });

  it.each([
    [
      `import { promisify } from "util"; import { exec } from "child_process"; const run = promisify(exec); await run("ls");`,
      "child_process#exec promisified",
    ],
    [
      `import util from "node:util"; import cp from "child_process"; util.promisify(cp.execFile)("ls");`,
      "child_process#execFile promisified",
    ],
    [
      `const run = require("util").promisify(require("child_process").exec); run("ls");`,
      "child_process#exec promisified",
    ],
    [`import { promises as fs } from "fs"; fs.writeFile(p, d);`, "fs#promises.writeFile"],
    [`import fs from "fs"; fs.promises.writeFile(p, d);`, "fs#promises.writeFile"],
    [`const { promises: { writeFile } } = require("fs"); writeFile(p, d);`, "fs#promises.writeFile"],
    [`import fs from "node:fs/promises"; fs.writeFile(p, d);`, "fs/promises#writeFile"],
    [`import fs from "fs-extra"; fs.outputFile(p, d);`, "fs-extra#outputFile"],
    [`import fs from "graceful-fs"; fs.writeFileSync(p, d);`, "graceful-fs#writeFileSync"],
  ])("%s", (text, api) => expect(apis(text)).toEqual([api]));
});

describe("what only looks like an acquisition is none", () => {
  it.each([
    ["no import", `spawn("ls");`],
    ["another module", `import { spawn } from "shelljs"; spawn("ls");`],
    [
      "another process",
      `import process from "./process.js"; process.getBuiltinModule("child_process").spawn("ls");`,
    ],
    ["another method of process", `process.binding("child_process").spawn("ls");`],
    [
      "a method of that name",
      `import cp from "child_process"; this.spawn("ls"); pool.spawn("x"); /x/.exec(y);`,
    ],
    [
      "shadowed by a parameter",
      `import { spawn } from "child_process"; function run(spawn: any) { spawn("ls"); }`,
    ],
    ["shadowed in a block", `import { spawn } from "child_process"; { const spawn = f; spawn("ls"); }`],
    [
      "shadowed by a function",
      `import { spawn } from "child_process"; function run() { spawn("ls"); function spawn(x: string) {} }`,
    ],
    [
      "shadowed by a catch variable",
      `import { spawn } from "child_process"; try {} catch (spawn) { spawn("ls"); }`,
    ],
    ["a shadowed require", `function load(require: any) { require("child_process").spawn("ls"); }`],
    ["a type-only use", `import type { spawn } from "child_process"; let f: typeof spawn;`],
    [
      "a variable that is reassigned",
      `import { spawn } from "child_process"; let run = spawn; run = other; run("ls");`,
    ],
    [
      "different branches",
      `import { spawn } from "child_process"; const run = win ? spawn : crossSpawn; run("ls");`,
    ],
    ["in a string", `import "child_process"; const text = "spawn('ls')";`],
  ])("%s", (_, text) => expect(apis(text)).toEqual([]));
});

describe("the identity of a site", () => {
  const print = (text: string): readonly string[] => {
    const [parsed] = parseBatch([{ path: "a.ts", text }], builtIn);
    return parsed?.ok === true
      ? findAcquisitions(parsed.unit, noExports).map((site) => site.acquisition.fingerprint)
      : [];
  };
  const head = `import { spawn } from "child_process";\n`;

  it("survives moving and reformatting the code", () => {
    const before = print(`${head}export function run() { spawn("ls", ["-l"]); }`);
    expect(
      print(`${head}\n// moved\n\nexport function run() {\n  spawn(\n    "ls",\n    ["-l"],\n  );\n}`),
    ).toEqual(before);
  });

  it("tells equal calls in one function apart", () => {
    expect(new Set(print(`${head}function run() { spawn("ls"); spawn("ls"); }`)).size).toBe(2);
  });

  it("changes with the enclosing function and with the command", () => {
    const all = [
      `function a() { spawn("ls"); }`,
      `function b() { spawn("ls"); }`,
      `function a() { spawn("cat"); }`,
    ].flatMap((text) => print(head + text));
    expect(new Set(all).size).toBe(3);
  });
});

describe("positions", () => {
  it("count from 1, in a file with a byte order mark too", () => {
    for (const bom of ["", "\uFEFF"]) {
      const text = `${bom}import { spawn } from "child_process";\nconst child = spawn("ls");\n`;
      const [parsed] = parseBatch([{ path: "a.ts", text }], builtIn);
      if (parsed?.ok !== true) throw new Error("did not parse");
      const [site] = findAcquisitions(parsed.unit, noExports);
      expect(site?.acquisition).toMatchObject({
        line: 2,
        column: 15,
        endLine: 2,
        endColumn: 26,
        boundTo: "child",
      });
      expect(text.slice(site?.acquisition.span.start, site?.acquisition.span.end)).toBe(`spawn("ls")`);
    }
  });

  it("name the enclosing symbol", () => {
    const [parsed] = parseBatch(
      [
        {
          path: "a.ts",
          text: `import { spawn } from "child_process";\nclass Runner { start() { const go = () => spawn("ls"); } }`,
        },
      ],
      builtIn,
    );
    if (parsed?.ok !== true) throw new Error("did not parse");
    expect(findAcquisitions(parsed.unit, noExports)[0]?.acquisition.symbol).toBe("Runner.start.go");
  });

  it("a file that does not parse is named with the place", () => {
    const [parsed] = parseBatch([{ path: "broken.ts", text: "const = ;" }], builtIn);
    expect(parsed).toMatchObject({ ok: false, path: "broken.ts", error: expect.stringMatching(/^1:7 /) });
  });

  it("types of Flow that TypeScript shares are read, and only in a file that says so", () => {
    const text = `import type { Path } from "types";\nexport function save(path: Path): void {}\n`;
    const [said, unsaid] = parseBatch(
      [
        { path: "flow.js", text: `/** @flow */\n${text}` },
        { path: "plain.js", text },
      ],
      builtIn,
    );
    expect(said?.ok).toBe(true);
    expect(unsaid).toMatchObject({ ok: false, isFlow: false });
  });
});
