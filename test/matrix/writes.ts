import type { ContextTemplate } from "./contexts.js";

/** Writing a file is over when the call is: what can be left behind is a half-written file, when the disk is full. */

interface Api {
  readonly id: string;
  readonly imports: string;
  /** With `T` for the target. An expression that gives a promise, or nothing where it is synchronous. */
  readonly call: string;
  readonly isSync: boolean;
}

const apis: readonly Api[] = [
  {
    id: "promises",
    imports: `import { writeFile } from "node:fs/promises";`,
    call: "writeFile(T, content())",
    isSync: false,
  },
  {
    id: "promises-of-fs",
    imports: `import { promises as fs } from "node:fs";`,
    call: 'fs.writeFile(T, content(), "utf8")',
    isSync: false,
  },
  {
    id: "promises-of-namespace",
    imports: `import * as fs from "node:fs";`,
    call: "fs.promises.writeFile(T, content(), { mode: 0o600 })",
    isSync: false,
  },
  {
    id: "promisified",
    imports: `import { writeFile } from "node:fs";\nimport { promisify } from "node:util";\n\nconst write = promisify(writeFile);`,
    call: "write(T, content())",
    isSync: false,
  },
  {
    id: "callback",
    imports: `import fs from "node:fs";`,
    call: "new Promise<void>((resolve, reject) => {\n    fs.writeFile(T, content(), (error) => (error ? reject(error) : resolve()));\n  })",
    isSync: false,
  },
  {
    id: "sync",
    imports: `import { writeFileSync } from "node:fs";`,
    call: "writeFileSync(T, content())",
    isSync: true,
  },
  {
    id: "sync-of-default",
    imports: `import fs from "node:fs";`,
    call: 'fs.writeFileSync(T, content(), { encoding: "utf8" })',
    isSync: true,
  },
];

type Text = (api: Api) => string | null;
const settings = `file("settings.json")`;
const write = ({ call, isSync }: Api, target = settings): string =>
  `${isSync ? "" : "await "}${call.replaceAll("T", target)};`;

const shapes: Readonly<Record<string, Text>> = {
  function: (api) => `export async function run(): Promise<string> {\n  ${write(api)}\n  return "done";\n}`,
  arrow: (api) => `export const run = async (): Promise<string> => {\n  ${write(api)}\n  return "done";\n};`,
  method: (api) =>
    `class Settings {\n  async save(): Promise<void> {\n    ${write(api)}\n  }\n}\n\nexport async function run(): Promise<string> {\n  await new Settings().save();\n  return "done";\n}`,
  swallowed: (api) =>
    `export async function run(): Promise<string> {\n  try {\n    ${write(api)}\n  } catch (error) {\n    return String(error);\n  }\n  return "done";\n}`,
  conditional: (api) =>
    `export async function run(): Promise<string> {\n  const target = ${settings};\n  if (target !== "") ${write(api, "target")}\n  return "done";\n}`,
  loop: (api) =>
    `export async function run(): Promise<string> {\n  for (const name of ["settings.json"]) ${write(api, "file(name)")}\n  return "done";\n}`,
  returned: (api) =>
    api.isSync
      ? null
      : `export function run(): Promise<void> {\n  return ${api.call.replaceAll("T", settings)};\n}`,
  then: (api) =>
    api.isSync
      ? null
      : `export function run(): Promise<string> {\n  return ${api.call.replaceAll("T", settings)}.then(() => "done");\n}`,
  mapped: (api) =>
    api.isSync
      ? null
      : `export async function run(): Promise<string> {\n  await Promise.all(["settings.json"].map((name) => ${api.call.replaceAll("T", "file(name)")}));\n  return "done";\n}`,
  synchronous: (api) =>
    api.isSync ? `export function run(): string {\n  ${write(api)}\n  return "done";\n}` : null,
};

function context(
  id: string,
  text: string | null,
  rest: Partial<ContextTemplate> = {},
): readonly ContextTemplate[] {
  if (text === null) return [];
  return [
    {
      id,
      driver: "call",
      exits: ["success", "full"],
      verdicts: ["local"],
      mustFix: true,
      mustLeave: false,
      text: ({ id: kind }) => (kind === "file-write" ? { main: text } : null),
      ...rest,
    },
  ];
}

const rewritten = apis.flatMap((api) =>
  Object.entries(shapes).flatMap(([shape, text]) => {
    const body = text(api);
    return context(`${api.id}-${shape}`, body === null ? null : `${api.imports}\n\n${body}`);
  }),
);

const left = { mustFix: false, mustLeave: true, verdicts: ["local", "inert", "unknown"] } as const;
const leave = (id: string, imports: string, statements: readonly string[]): readonly ContextTemplate[] =>
  context(
    id,
    `${imports}\n\nexport async function run(): Promise<string> {\n${statements.map((line) => `  ${line}\n`).join("")}  return "done";\n}`,
    left,
  );

/** An atomic replacement would do something else than these do. */
const kept: readonly ContextTemplate[] = [
  ...leave("append", `import { writeFile } from "node:fs/promises";`, [
    `await writeFile(file("log.txt"), content(), { flag: "a" });`,
  ]),
  ...leave("exclusive", `import { writeFileSync } from "node:fs";`, [
    `writeFileSync(file("lock.txt"), content(), { flag: "wx" });`,
  ]),
  ...leave("handle", `import { open } from "node:fs/promises";`, [
    `const handle = await open(file("log.txt"), "w");`,
    `try {\n    await handle.writeFile(content());\n  } finally {\n    await handle.close();\n  }`,
  ]),
  ...leave("already-atomic", `import { rename, writeFile } from "node:fs/promises";`, [
    `const temporary = file("settings.json.tmp");`,
    `await writeFile(temporary, content());`,
    `await rename(temporary, ${settings});`,
  ]),
];

export const writeContexts: readonly ContextTemplate[] = [...rewritten, ...kept];
