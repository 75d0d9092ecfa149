import type { KindTemplate } from "./kinds.js";

/**
 * How a program can be left: the first five while it runs on, `signal` and `exit` together with the process; `full`:
 * every write fails after a megabyte.
 */
export type Exit = "success" | "throw" | "reject" | "return" | "break" | "signal" | "exit" | "full";

/** How the runner uses a program, as a careful caller would. */
export type Driver =
  | "call"
  | "release-result"
  | "stop-result"
  | "owner"
  | "pool"
  | "module"
  | "register"
  | "keep"
  | "iterate"
  | "load";

export interface ContextTemplate {
  readonly id: string;
  readonly driver: Driver;
  readonly exits: readonly Exit[];
  /** What the analysis may say when a cell leaks; a clean program may always be `held`, `inert` or `sunk`. */
  readonly verdicts: readonly string[];
  /** A leaking program must be rewritten, or only one that leaves something behind when it ends; otherwise it may be left. */
  readonly mustFix: boolean | "what-outlives";
  /** Released on every path, or meant to stay: a rewrite would be wrong. */
  readonly mustLeave: boolean;
  /** Text of the program, and of a second file that it imports, where there is one. Null: does not fit the kind. */
  readonly text: (kind: KindTemplate) => { readonly main: string; readonly helper?: string } | null;
}

const inside = ["success", "throw", "reject"] as const;
const ended = ["signal", "exit"] as const;
const local = ["local"] as const;

/** `await` where the kind needs it. */
const get = ({ acquire, isAsync }: KindTemplate): string => (isAsync ? `await ${acquire}` : acquire);
const end = ({ release }: KindTemplate, handle = "item"): string => release.replaceAll("X", handle);
const endNow = ({ releaseNow }: KindTemplate, handle = "item"): string | null =>
  releaseNow?.replaceAll("X", handle) ?? null;
const work = "check(exit);\n  await step(exit);";

function only<T>(fits: boolean, value: () => T): T | null {
  return fits ? value() : null;
}

/** Contexts in which the function itself has to release what it acquires. */
function inFunction(
  id: string,
  text: (kind: KindTemplate) => string | null,
  rest: Partial<ContextTemplate> = {},
): ContextTemplate {
  return {
    id,
    driver: "call",
    exits: [...inside, ...ended],
    verdicts: local,
    mustFix: true,
    mustLeave: false,
    text: (kind) => {
      const main = text(kind);
      return main === null ? null : { main };
    },
    ...rest,
  };
}

const body = (kind: KindTemplate): string =>
  `const item = ${get(kind)};\n  ${work}\n  ${end(kind)}\n  return "done";`;

const functions: readonly ContextTemplate[] = [
  inFunction(
    "released-at-the-end",
    (k) => `export async function run(exit: Exit): Promise<string> {\n  ${body(k)}\n}`,
  ),
  inFunction("arrow", (k) => `export const run = async (exit: Exit): Promise<string> => {\n  ${body(k)}\n};`),
  inFunction(
    "method",
    (k) =>
      `class Job {\n  async run(exit: Exit): Promise<string> {\n  ${body(k)}\n  }\n}\n\nexport const run = (exit: Exit): Promise<string> => new Job().run(exit);`,
  ),
  inFunction(
    "static-method",
    (k) =>
      `class Job {\n  static async run(exit: Exit): Promise<string> {\n  ${body(k)}\n  }\n}\n\nexport const run = (exit: Exit): Promise<string> => Job.run(exit);`,
  ),
  inFunction(
    "object-method",
    (k) =>
      `const job = {\n  async run(exit: Exit): Promise<string> {\n  ${body(k)}\n  },\n};\n\nexport const run = (exit: Exit): Promise<string> => job.run(exit);`,
  ),
  inFunction(
    "callback",
    (k) =>
      `export function run(exit: Exit): Promise<string> {\n  return invoke(async () => {\n  ${body(k)}\n  });\n}`,
  ),
  inFunction(
    "early-return",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  ${work}\n  if (exit === "return") return "early";\n  ${end(k)}\n  return "done";\n}`,
    { exits: [...inside, "return", ...ended] },
  ),
  inFunction(
    "conditional",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  let item: ${k.type} | undefined;\n  if (exit !== "return") item = ${get(k)};\n  ${work}\n  if (item !== undefined) {\n    ${end(k)}\n  }\n  return "done";\n}`,
    { exits: [...inside, "return", ...ended] },
  ),
  inFunction(
    "loop",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  for (const name of ["first", "second"]) {\n    const item = ${get(k)};\n    note(name);\n    check(exit);\n    if (exit === "break") break;\n    await step(exit);\n    ${end(k)}\n  }\n  return "done";\n}`,
    { exits: [...inside, "break", ...ended] },
  ),
  inFunction(
    "mapped",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const done = await Promise.all(\n    ["first", "second"].map(async (name) => {\n      const item = ${get(k)};\n      ${work}\n      ${end(k)}\n      return name;\n    }),\n  );\n  return done.join();\n}`,
  ),
  inFunction(
    "switch-case",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  switch (exit) {\n    case "return":\n      return "early";\n    default:\n      const item = ${get(k)};\n      ${work}\n      ${end(k)}\n      return "done";\n  }\n}`,
    { exits: [...inside, "return"] },
  ),
  inFunction(
    "swallowed",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  try {\n    const item = ${get(k)};\n    ${work}\n    ${end(k)}\n  } catch (error) {\n    note(String(error));\n  }\n  return "done";\n}`,
  ),
  inFunction(
    "block",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  note("before");\n  {\n    const item = ${get(k)};\n    ${work}\n    ${end(k)}\n  }\n  return "done";\n}`,
  ),
  inFunction(
    "two",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const first = ${get(k)};\n  const second = ${get(k)};\n  ${work}\n  ${end(k, "second")}\n  ${end(k, "first")}\n  return "done";\n}`,
  ),
  inFunction(
    "borrowed",
    (k) =>
      `function look(item: ${k.type}): string {\n  return typeof item;\n}\n\nexport async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  note(look(item));\n  ${work}\n  ${end(k)}\n  return "done";\n}`,
  ),
  inFunction(
    "sunk-too-late",
    (k) =>
      `async function finish(item: ${k.type}): Promise<void> {\n  ${end(k)}\n}\n\nexport async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  ${work}\n  await finish(item);\n  return "done";\n}`,
  ),
  inFunction(
    "synchronous",
    (k) =>
      only(
        !k.isAsync && k.releaseNow !== null,
        () =>
          `export function run(exit: Exit): string {\n  const item = ${k.acquire};\n  check(exit);\n  ${endNow(k)};\n  return "done";\n}`,
      ),
    { exits: ["success", "throw"] },
  ),
  inFunction(
    "generator",
    (k) =>
      `export async function* run(exit: Exit): AsyncGenerator<string> {\n  const item = ${get(k)};\n  check(exit);\n  for (const name of ["first", "second"]) yield name;\n  await step(exit);\n  ${end(k)}\n}`,
    {
      driver: "iterate",
      exits: ["success", "throw", "reject", "break"],
      mustFix: false,
      verdicts: ["local", "moved-out", "unknown"],
    },
  ),
  inFunction(
    "never-released",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  note(typeof item);\n  ${work}\n  return "done";\n}`,
    { mustFix: false, verdicts: ["local", "root", "event"] },
  ),
  inFunction(
    "reassigned",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  let item = ${get(k)};\n  ${work}\n  item = ${get(k)};\n  ${end(k)}\n  return "done";\n}`,
    { mustFix: false, verdicts: ["local", "root", "unknown"] },
  ),
  inFunction("together", (k) =>
    only(
      k.isAsync,
      () =>
        `export async function run(exit: Exit): Promise<string> {\n  const [item] = await Promise.all([${k.acquire}, step(exit)]);\n  check(exit);\n  ${end(k)}\n  return "done";\n}`,
    ),
  ),
  inFunction(
    "passed-on",
    (k) =>
      `async function use(item: ${k.type}, exit: Exit): Promise<string> {\n  ${work}\n  ${end(k)}\n  return "done";\n}\n\nexport const run = async (exit: Exit): Promise<string> => use(${get(k)}, exit);`,
    { mustFix: false, verdicts: ["local", "unknown", "sunk"] },
  ),
  inFunction(
    "then",
    (k) =>
      only(
        k.isAsync,
        () =>
          `export function run(exit: Exit): Promise<string> {\n  return ${k.acquire}.then(async (item) => {\n    ${work}\n    ${end(k)}\n    return "done";\n  });\n}`,
      ),
    { mustFix: false, verdicts: ["local", "unknown", "event"] },
  ),
];

const clean = { mustFix: false, mustLeave: true, verdicts: [] } as const;
const released: readonly ContextTemplate[] = [
  inFunction(
    "finally",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  try {\n    ${work}\n    return "done";\n  } finally {\n    ${end(k)}\n  }\n}`,
    { ...clean, exits: inside },
  ),
  inFunction(
    "catch-and-end",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  try {\n    ${work}\n  } catch (error) {\n    ${end(k)}\n    throw error;\n  }\n  ${end(k)}\n  return "done";\n}`,
    { ...clean, exits: inside },
  ),
  inFunction(
    "synchronous-finally",
    (k) =>
      only(
        !k.isAsync && k.releaseNow !== null,
        () =>
          `export function run(exit: Exit): string {\n  const item = ${k.acquire};\n  try {\n    check(exit);\n    return "done";\n  } finally {\n    ${endNow(k)};\n  }\n}`,
      ),
    { ...clean, exits: ["success", "throw"] },
  ),
  inFunction(
    "finally-chain",
    (k) =>
      only(
        k.releaseNow !== null,
        () =>
          `export async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  await step(exit).finally(() => ${endNow(k)});\n  return "done";\n}`,
      ),
    { ...clean, exits: ["success", "reject"] },
  ),
  inFunction(
    "sunk",
    (k) =>
      `async function finish(item: ${k.type}, exit: Exit): Promise<string> {\n  try {\n    ${work}\n    return "done";\n  } finally {\n    ${end(k)}\n  }\n}\n\nexport async function run(exit: Exit): Promise<string> {\n  const item = ${get(k)};\n  return await finish(item, exit);\n}`,
    { ...clean, exits: inside },
  ),
  inFunction(
    "using",
    (k) =>
      only(
        k.using !== null,
        () =>
          `export async function run(exit: Exit): Promise<string> {\n  ${k.using ?? ""} item = ${get(k)};\n  note(typeof item);\n  ${work}\n  return "done";\n}`,
      ),
    { ...clean, exits: inside },
  ),
  inFunction(
    "registered",
    (k) =>
      only(
        k.releaseNow !== null,
        () =>
          `export async function run(exit: Exit, register: (cleanup: () => unknown) => void): Promise<string> {\n  const item = ${get(k)};\n  register(() => ${endNow(k)});\n  ${work}\n  return "done";\n}`,
      ),
    { ...clean, verdicts: ["unknown"], exits: inside, driver: "register" },
  ),
  inFunction(
    "kept",
    (k) =>
      `export async function run(exit: Exit, keep: (item: ${k.type}) => void): Promise<string> {\n  const item = ${get(k)};\n  keep(item);\n  ${work}\n  return "done";\n}`,
    { ...clean, verdicts: ["unknown"], exits: inside, driver: "keep" },
  ),
];

const child =
  (fits: (kind: KindTemplate) => boolean, text: (kind: KindTemplate) => string) => (kind: KindTemplate) =>
    fits(kind) ? text(kind) : null;
const isChild = ({ id }: KindTemplate): boolean => id === "child-process";

const ofChildren: readonly ContextTemplate[] = [
  inFunction(
    "executor",
    child(
      isChild,
      () =>
        `export function run(exit: Exit): Promise<string> {\n  return new Promise((resolve, reject) => {\n    const child = spawn("sleep", [seconds(exit)], { stdio: "ignore", cwd: folder() });\n    child.on("error", reject);\n    child.on("close", () => resolve("done"));\n  });\n}`,
    ),
    { verdicts: ["event"], exits: ["success", ...ended] },
  ),
  inFunction(
    "executor-with-exit-code",
    child(
      isChild,
      () =>
        `export function run(exit: Exit): Promise<string> {\n  return new Promise((resolve, reject) => {\n    const child = spawn("sleep", [seconds(exit)], { stdio: "ignore", cwd: folder() });\n    child.once("error", reject);\n    child.once("exit", (code) => (code === 0 ? resolve("done") : reject(new Error(` +
        "`exited with ${code}`" +
        `))));\n  });\n}`,
    ),
    { verdicts: ["event"], exits: ["success", ...ended] },
  ),
  inFunction(
    "awaited-close",
    child(
      isChild,
      () =>
        `export async function run(exit: Exit): Promise<string> {\n  const child = spawn("sleep", [seconds(exit)], { stdio: "ignore", cwd: folder() });\n  await once(child, "close");\n  return "done";\n}`,
    ),
    { exits: ["success", ...ended] },
  ),
  inFunction(
    "throw-before-awaited-close",
    child(
      isChild,
      () =>
        `export async function run(exit: Exit): Promise<string> {\n  const child = spawn("sleep", [seconds(exit)], { stdio: "ignore", cwd: folder() });\n  ${work}\n  await once(child, "close");\n  return "done";\n}`,
    ),
    { exits: [...inside, ...ended] },
  ),
  inFunction(
    "detached",
    child(
      isChild,
      () =>
        `export async function run(exit: Exit): Promise<string> {\n  const child = spawn("sleep", ["600"], { stdio: "ignore", cwd: folder(), detached: true });\n  child.unref();\n  await step(exit);\n  return "started";\n}`,
    ),
    { mustFix: false, mustLeave: true, verdicts: ["daemon"], exits: ["success", ...ended] },
  ),
  inFunction(
    "finite-and-awaited",
    child(
      isChild,
      () =>
        `const execute = promisify(exec);\n\nexport async function run(exit: Exit): Promise<string> {\n  await execute("true", { cwd: folder() });\n  return exit;\n}`,
    ),
    { mustFix: false, mustLeave: true, exits: ["success"] },
  ),
];

const moved = { verdicts: ["moved-out"], driver: "release-result" } as const;
const handedOver: readonly ContextTemplate[] = [
  inFunction(
    "returned",
    (k) =>
      `export async function run(exit: Exit): Promise<${k.type}> {\n  const item = ${get(k)};\n  ${work}\n  return item;\n}`,
    { ...moved, exits: [...inside, ...ended] },
  ),
  inFunction(
    "returned-in-branches",
    (k) =>
      `export async function run(exit: Exit): Promise<${k.type} | null> {\n  const item = ${get(k)};\n  ${work}\n  if (exit === "return") {\n    ${end(k)}\n    return null;\n  }\n  return item;\n}`,
    { ...moved, exits: [...inside, "return", ...ended] },
  ),
  inFunction(
    "returned-at-once",
    (k) =>
      `export async function run(exit: Exit): Promise<${k.type}> {\n  ${work}\n  return ${k.acquire};\n}`,
    { ...moved, mustFix: false, exits: inside },
  ),
  inFunction(
    "returned-with-stop",
    (k) =>
      only(
        k.releaseNow !== null,
        () =>
          `export async function run(exit: Exit): Promise<{ item: ${k.type}; stop(): void }> {\n  const item = ${get(k)};\n  ${work}\n  return {\n    item,\n    stop() {\n      ${endNow(k)};\n    },\n  };\n}`,
      ),
    { ...moved, driver: "stop-result" },
  ),
  inFunction(
    "returned-closure",
    (k) =>
      only(
        k.releaseNow !== null,
        () =>
          `export async function run(exit: Exit): Promise<{ stop: () => unknown }> {\n  const item = ${get(k)};\n  ${work}\n  return { stop: () => ${endNow(k)} };\n}`,
      ),
    { ...moved, verdicts: ["moved-out", "unknown"], mustFix: false, driver: "stop-result" },
  ),
  inFunction(
    "resolved",
    (k) =>
      only(
        !k.isAsync,
        () =>
          `export function run(exit: Exit): Promise<${k.type}> {\n  return new Promise((resolve, reject) => {\n    const item = ${k.acquire};\n    step(exit).then(() => resolve(item), reject);\n  });\n}`,
      ),
    { ...moved, mustFix: false, exits: ["success", "reject"] },
  ),
];

const field = { verdicts: ["field"], driver: "owner" } as const;
const owners: readonly ContextTemplate[] = [
  inFunction(
    "field-set-at-the-end",
    (k) =>
      `export class Owner {\n  #item: ${k.type} | undefined;\n\n  async start(exit: Exit): Promise<void> {\n    const item = ${get(k)};\n    ${work}\n    this.#item = item;\n  }\n\n  async stop(): Promise<void> {\n    if (this.#item === undefined) return;\n    ${end(k, "this.#item")}\n    this.#item = undefined;\n  }\n}`,
    { ...field },
  ),
  inFunction(
    "field-set-first",
    (k) =>
      `export class Owner {\n  #item: ${k.type} | undefined;\n\n  async start(exit: Exit): Promise<void> {\n    this.#item = ${get(k)};\n    ${work}\n  }\n\n  async stop(): Promise<void> {\n    if (this.#item === undefined) return;\n    ${end(k, "this.#item")}\n    this.#item = undefined;\n  }\n}`,
    { ...field, exits: inside, mustFix: false },
  ),
  inFunction(
    "field-without-stop",
    (k) =>
      `export class Owner {\n  #item: ${k.type} | undefined;\n\n  async start(exit: Exit): Promise<void> {\n    this.#item = ${get(k)};\n    ${work}\n  }\n\n  get isStarted(): boolean {\n    return this.#item !== undefined;\n  }\n}`,
    // What ends with the program gains nothing by a closing method that nobody calls.
    { ...field, mustFix: "what-outlives" },
  ),
  inFunction(
    "field-restarted",
    (k) =>
      `export class Owner {\n  #item: ${k.type} | undefined;\n\n  async start(exit: Exit): Promise<void> {\n    this.#item = ${get(k)};\n    ${work}\n  }\n\n  async restart(exit: Exit): Promise<void> {\n    this.#item = ${get(k)};\n    ${work}\n  }\n\n  async stop(): Promise<void> {\n    if (this.#item === undefined) return;\n    ${end(k, "this.#item")}\n    this.#item = undefined;\n  }\n}`,
    { ...field, exits: inside },
  ),
  inFunction(
    "field-of-constructor",
    (k) =>
      only(
        !k.isAsync,
        () =>
          `export class Owner {\n  readonly item: ${k.type};\n\n  constructor(exit: Exit) {\n    this.item = ${k.acquire};\n    check(exit);\n  }\n\n  async stop(): Promise<void> {\n    ${end(k, "this.item")}\n  }\n}`,
      ),
    { ...field, exits: ["success", "throw"] },
  ),
  inFunction(
    "field-initialiser",
    (k) =>
      only(
        !k.isAsync,
        () =>
          `export class Owner {\n  readonly item = ${k.acquire};\n\n  async stop(): Promise<void> {\n    ${end(k, "this.item")}\n  }\n}`,
      ),
    { ...field, exits: ["success"], mustFix: false },
  ),
  inFunction(
    "container-of-class",
    (k) =>
      `export class Owner {\n  readonly #items = new Map<string, ${k.type}>();\n\n  async start(exit: Exit): Promise<void> {\n    const item = ${get(k)};\n    ${work}\n    this.#items.set("first", item);\n  }\n\n  async stop(): Promise<void> {\n    for (const item of this.#items.values()) {\n      ${end(k)}\n    }\n    this.#items.clear();\n  }\n}`,
    { ...field, verdicts: ["container", "field"] },
  ),
  inFunction(
    "container-of-class-first",
    (k) =>
      `export class Owner {\n  readonly #items: ${k.type}[] = [];\n\n  async start(exit: Exit): Promise<void> {\n    this.#items.push(${get(k)});\n    ${work}\n  }\n\n  async stop(): Promise<void> {\n    for (const item of this.#items.splice(0)) {\n      ${end(k)}\n    }\n  }\n}`,
    { ...field, verdicts: ["container", "field"], mustFix: false, exits: inside },
  ),
  inFunction(
    "container-of-function",
    (k) =>
      `export async function run(exit: Exit): Promise<string> {\n  const items: ${k.type}[] = [];\n  for (const name of ["first", "second"]) {\n    note(name);\n    items.push(${get(k)});\n  }\n  ${work}\n  for (const item of items) {\n    ${end(k)}\n  }\n  return "done";\n}`,
    { verdicts: ["container", "local"] },
  ),
  inFunction(
    "module-variable",
    (k) =>
      `let item: ${k.type} | undefined;\n\nexport async function start(exit: Exit): Promise<void> {\n  item = ${get(k)};\n  ${work}\n}\n\nexport async function stop(): Promise<void> {\n  if (item === undefined) return;\n  ${end(k)}\n  item = undefined;\n}`,
    { verdicts: ["root"], driver: "module", exits: [...inside, ...ended] },
  ),
  inFunction(
    "module-constant",
    (k) => only(k.outlives, () => `export const item = ${get(k)};\nnote(typeof item);`),
    { verdicts: ["root", "moved-out"], driver: "load", exits: ended, mustFix: false },
  ),
];

const wrappers: readonly ContextTemplate[] = [
  inFunction(
    "wrapper",
    (k) =>
      `function acquire() {\n  return ${k.acquire};\n}\n\nexport async function run(exit: Exit): Promise<string> {\n  const item = ${k.isAsync ? "await " : ""}acquire();\n  ${work}\n  ${end(k)}\n  return "done";\n}`,
  ),
  inFunction(
    "wrapper-held",
    (k) =>
      `function acquire() {\n  return ${k.acquire};\n}\n\nexport async function run(exit: Exit): Promise<string> {\n  const item = ${k.isAsync ? "await " : ""}acquire();\n  try {\n    ${work}\n  } finally {\n    ${end(k)}\n  }\n  return "done";\n}`,
    { ...clean, exits: inside },
  ),
  {
    ...inFunction("wrapper-in-another-file", () => null),
    text: (k) => ({
      helper: `export function acquire() {\n  return ${k.acquire};\n}`,
      main: `export async function run(exit: Exit): Promise<string> {\n  const item = ${k.isAsync ? "await " : ""}acquire();\n  ${work}\n  ${end(k)}\n  return "done";\n}`,
    }),
  },
];

export const contextTemplates: readonly ContextTemplate[] = [
  ...functions,
  ...released,
  ...ofChildren,
  ...handedOver,
  ...owners,
  ...wrappers,
];
