import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor, project, put } from "../support/project.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

interface Program {
  readonly file: string;
  readonly text: string;
  readonly type?: "module" | "commonjs";
  readonly options?: ts.CompilerOptions;
  /** Lines of the result, from its top. */
  readonly head: readonly string[];
}

const base: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noUnusedLocals: true,
};

/** The program after the command, in a project of its own. */
async function rewritten(root: string, { file, text, type = "module" }: Program): Promise<string> {
  writePackage(root, { [file]: text }, { type, engines: { node: ">=20" } });
  const options = optionsFor(root, { safety: "likely", syntax: "using" });
  const [outcome] = await runPipeline({ options, files: [file], mockingTests: [] });
  if (outcome === undefined) throw new Error("no outcome");
  return textAfter(outcome, text);
}

/** What the compiler says with the options of the project, and what Node says to what it makes. */
function compiled(root: string, file: string, options: ts.CompilerOptions): readonly string[] {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  const outDir = join(root, "out");
  put(outDir, { "package.json": ts.sys.readFile(join(root, "package.json")) ?? "" });
  const typeRoots = [join(root, "node_modules/@types")];
  const program = ts.createProgram([join(root, file)], {
    ...base,
    ...options,
    outDir,
    rootDir: root,
    typeRoots,
  });
  const made: string[] = [];
  program.emit(undefined, (name, text) => {
    ts.sys.writeFile(name, text);
    made.push(name);
  });
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map((one) => ts.flattenDiagnosticMessageText(one.messageText, " "));
  const loaded = spawnSync(process.execPath, made, { encoding: "utf8" });
  return [...errors, loaded.stderr];
}

const programs: readonly (readonly [string, Program])[] = [
  [
    "verbatimModuleSyntax, in a module",
    {
      file: "save.ts",
      options: { verbatimModuleSyntax: true },
      text: `import { writeFileSync, type PathLike } from "node:fs";
import { spawn, type ChildProcess } from "node:child_process";
import type { ResourceContext } from "resource-context";

export const save = (file: PathLike, port: string): void => writeFileSync(file, port);
export const keep = (child: ChildProcess, context: ResourceContext): unknown => context.process(child);
export function ring(bell: string, onDone: () => void): void {
  spawn("aplay", [bell]).on("close", onDone);
}
`,
      head: [
        `import { type PathLike } from "node:fs";`,
        `import { spawn, type ChildProcess } from "node:child_process";`,
        `import { ResourceContext, atomicWriteFileSync } from "resource-context";`,
      ],
    },
  ],
  [
    "verbatimModuleSyntax, in a CommonJS file",
    {
      file: "save.cts",
      options: { verbatimModuleSyntax: true },
      text: `import fs = require("node:fs");
import type { PathLike } from "node:fs";

function save(file: PathLike, port: string): void {
  fs.writeFileSync(file, port);
}

export = save;
`,
      head: [
        `import type { PathLike } from "node:fs";`,
        `import resourceContext = require("resource-context");`,
        `const { atomicWriteFileSync } = resourceContext;`,
      ],
    },
  ],
  [
    "export = and nothing imported",
    {
      file: "beat.ts",
      type: "commonjs",
      options: { verbatimModuleSyntax: true },
      text: `async function whileWaiting(upload: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => undefined, 1000);
  await upload();
  clearInterval(beat);
}

export = whileWaiting;
`,
      head: [
        `import resourceContext = require("resource-context");`,
        `const { ResourceContext } = resourceContext;`,
      ],
    },
  ],
  [
    "isolatedModules: a type that no longer has a value beside it",
    {
      file: "save.ts",
      options: { isolatedModules: true },
      text: `import { PathLike, writeFileSync } from "node:fs";

export const save = (file: PathLike, port: string): void => writeFileSync(file, port);
`,
      head: [
        `import type { PathLike } from "node:fs";`,
        `import { atomicWriteFileSync } from "resource-context";`,
      ],
    },
  ],
  [
    "a namespace that only types come from any more",
    {
      file: "save.ts",
      options: { isolatedModules: true, verbatimModuleSyntax: true },
      text: `import * as fs from "node:fs";

export const save = (file: fs.PathLike, port: string): void => fs.writeFileSync(file, port);
`,
      head: [
        `import type * as fs from "node:fs";`,
        `import { atomicWriteFileSync } from "resource-context";`,
      ],
    },
  ],
  [
    "decorators of old, which are told the types of what they decorate",
    {
      file: "upload.ts",
      options: { experimentalDecorators: true, emitDecoratorMetadata: true },
      text: `import { writeFileSync, Stats } from "node:fs";

const Column = (): PropertyDecorator => () => undefined;

export class Upload {
  @Column() stats?: Stats;

  save(file: string): void {
    writeFileSync(file, String(this.stats?.size));
  }
}
`,
      head: [`import { Stats } from "node:fs";`, `import { atomicWriteFileSync } from "resource-context";`],
    },
  ],
  [
    "decorators of the language, and an accessor",
    {
      file: "upload.ts",
      text: `import { writeFileSync } from "node:fs";

function logged<This, Args extends unknown[]>(method: (this: This, ...args: Args) => void, _: ClassMethodDecoratorContext<This>) {
  return method;
}

export class Upload {
  accessor size = 0;

  @logged
  save(file: string): void {
    writeFileSync(file, String(this.size));
  }
}
`,
      head: [`import { atomicWriteFileSync } from "resource-context";`],
    },
  ],
  [
    "a module by its extension in a CommonJS package",
    {
      file: "save.mts",
      type: "commonjs",
      text: `const { writeFile } = await import("node:fs/promises");

await writeFile(process.env["PORT_FILE"] ?? "/dev/null", "8080");
`,
      head: [`import { atomicWriteFile } from "resource-context";`],
    },
  ],
  [
    "imports that become require",
    {
      file: "save.ts",
      type: "commonjs",
      options: { esModuleInterop: true },
      text: `import fs from "node:fs";

export const save = (file: string, port: string): void => fs.writeFileSync(file, port);
`,
      head: [`import { atomicWriteFileSync } from "resource-context";`],
    },
  ],
];

describe("the result compiles with the options of the project, and loads", () => {
  it.each(programs)("%s", async (_, given) => {
    const root = project();
    const text = await rewritten(root, given);
    expect(text.split("\n").slice(0, given.head.length)).toEqual(given.head);
    expect(compiled(root, given.file, given.options ?? {}).filter((one) => one !== "")).toEqual([]);
  });
});
