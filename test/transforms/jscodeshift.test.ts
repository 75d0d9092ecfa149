import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { readFixtures } from "../support/fixtures.js";
import { transformIds } from "../../src/transform-ids.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const run = promisify(execFile);
const repository = path.join(import.meta.dirname, "../..");
const bin = path.join(repository, "node_modules/jscodeshift/bin/jscodeshift.js");
let dist: string;
let project: string;

beforeAll(async () => {
  mkdirSync(path.join(repository, ".cache"), { recursive: true });
  dist = mkdtempSync(path.join(repository, ".cache/transforms-"));
  const tsc = path.join(repository, "node_modules/typescript/bin/tsc");
  await run(
    process.execPath,
    [tsc, "-p", "tsconfig.build.json", "--noCheck", "--declaration", "false", "--outDir", dist],
    { cwd: repository },
  );
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));
beforeEach(() => {
  project = mkdtempSync(path.join(os.tmpdir(), "jscodeshift-"));
  return () => rmSync(project, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  writeFileSync(path.join(project, file), text);
}

function read(file: string): string {
  return readFileSync(path.join(project, file), "utf8");
}

/** The runner exits with 0 whatever happens: its report and the files tell the truth. */
async function shift(transform: string, parser: string, ...flags: readonly string[]): Promise<string> {
  const args = [
    bin,
    "-t",
    path.join(dist, `transforms/${transform}.js`),
    "--parser",
    parser,
    "--extensions",
    "ts,tsx,js",
    ...flags,
    project,
  ];
  const { stdout } = await run(process.execPath, args, { cwd: project });
  expect(stdout).not.toMatch(/Transformation error|ERR /);
  return stdout;
}

const managed = `import { spawn } from "node:child_process";

export function run(command: string) {
  return new Promise<void>((resolve, reject) => {
    const child = spawn(command);
    child.on("error", reject);
    child.on("close", () => resolve());
  });
}
`;
const adopted = managed
  .replace('child_process";', 'child_process";\nimport { ResourceContext } from "resource-context";')
  .replace("spawn(command)", "ResourceContext.root.process(spawn(command))");
const untyped = (text: string): string => text.replace(": string", "").replace("<void>", "");

const saved = `import { writeFile } from "node:fs/promises";

export async function save(path: string, value: unknown) {
  await writeFile(path, JSON.stringify(value));
}
`;
const atomic = saved
  .replace('{ writeFile } from "node:fs/promises"', '{ atomicWriteFile } from "resource-context"')
  .replace("await writeFile", "await atomicWriteFile");

describe.each([
  ["with its own compiler", "--babel"],
  ["as they are", "--no-babel"],
])("%s", (_name, babel) => {
  it("spawn adopts child processes in .ts, .tsx and .js files, and nothing else", async () => {
    put("a.ts", managed);
    put("b.ts", saved);
    await shift("spawn", "ts", babel);
    expect([read("a.ts"), read("b.ts")]).toEqual([adopted, saved]);
    put("c.js", untyped(managed));
    await shift("spawn", "babel", babel);
    expect(read("c.js")).toBe(untyped(adopted));
  });

  it("file-writes makes writes atomic, and nothing else", async () => {
    put("a.ts", managed);
    put("b.ts", saved);
    put("c.tsx", saved);
    await shift("file-writes", "tsx", babel);
    expect([read("a.ts"), read("b.ts"), read("c.tsx")]).toEqual([managed, atomic, atomic]);
  });
});

describe("the others", () => {
  const scoped = `import { spawn } from "node:child_process";
import { once } from "node:events";

export async function convert(file: string) {
  const child = spawn("convert", [file]);
  check(file);
  await once(child, "close");
}
`;

  it("async-functions gives functions their context", async () => {
    put("a.ts", scoped);
    put("b.ts", managed);
    await shift("async-functions", "ts", "--syntax=using", "--safety=unsafe");
    expect(read("b.ts")).toBe(managed);
    expect(read("a.ts")).toBe(
      scoped
        .replace('events";', 'events";\nimport { ResourceContext } from "resource-context";')
        .replace("  const child", "  await using ctx = new ResourceContext();\n  const child")
        .replace('spawn("convert", [file])', 'ctx.process(spawn("convert", [file]))'),
    );
  });

  it("imports completes and merges what rewritten code uses", async () => {
    const runtime = (names: string): string => `import { ${names} } from "resource-context";\n`;
    const code = "await using ctx = new ResourceContext();\nawait atomicWriteFile(p, d);\n";
    put("missing.ts", `import p from "./p.js";\n${code}`);
    put("merged.ts", runtime("atomicWriteFile") + code);
    put(
      "twice.ts",
      runtime("atomicWriteFile") + 'import p from "./p.js";\n' + runtime("ResourceContext") + code,
    );
    put(
      "own.tsx",
      `class ResourceContext {}\nexport const x = { atomicWriteFile: 1 };\nnew ResourceContext();\n`,
    );
    await shift("imports", "ts");
    expect(read("missing.ts")).toBe(
      `import p from "./p.js";\n${runtime("ResourceContext, atomicWriteFile")}${code}`,
    );
    expect(read("merged.ts")).toBe(runtime("atomicWriteFile, ResourceContext") + code);
    expect(read("twice.ts")).toBe(
      `${runtime("atomicWriteFile, ResourceContext")}import p from "./p.js";\n${code}`,
    );
    expect(read("own.tsx")).toContain("class ResourceContext {}\nexport const x");
  });

  it("changes nothing the second time, and nothing in a dry run", async () => {
    put("a.ts", managed);
    await shift("spawn", "ts", "--dry");
    expect(read("a.ts")).toBe(managed);
    await shift("spawn", "ts");
    expect(await shift("spawn", "ts")).toMatch(/0 ok/);
    expect(read("a.ts")).toBe(adopted);
  });

  it("reports a file that does not parse as an error, and leaves it", async () => {
    put("a.ts", "const = spawn(;\n");
    await expect(shift("spawn", "ts")).rejects.toThrow(/Transformation error/);
    expect(read("a.ts")).toBe("const = spawn(;\n");
  });
});

describe("each transform alone writes what its fixtures say", () => {
  const plain = readFixtures().filter(
    ({ expectation, files, settings }) =>
      expectation.is === "rewritten" &&
      expectation.level === "safe" &&
      files.length === 1 &&
      files[0]?.path.endsWith(".ts") === true &&
      Object.keys(settings).length === 0,
  );

  /** A transform that serves the others changes only what needs its part. */
  const needed: Readonly<Record<string, RegExp>> = {
    imports: /^$/,
    "async-functions": /^(?![^]*(?:\.root\.|resources))[^]*await using ctx/,
    "class-cleanup": /^(?![^]*(?:\.root\.|using ctx))[^]*new ResourceContext/,
  };
  const isItsOwn = (id: string, { files }: (typeof plain)[number]): boolean =>
    files.every((file) => needed[id]?.test(file.output) !== false);

  it.each(transformIds)("%s", async (id) => {
    const some = plain.filter((one) => one.transform === id && isItsOwn(id, one)).slice(0, 3);
    const files = some.flatMap((one) => one.files);
    put("package.json", `{ "name": "ports", "type": "module" }`);
    for (const { path: file, input } of files) put(file, input);
    if (files.length > 0) await shift(id, "ts", "--syntax=using");
    const written = files.filter(({ path: file, output }) => read(file) === output).map((one) => one.path);
    expect(written).toEqual(files.map((one) => one.path));
  });
});
