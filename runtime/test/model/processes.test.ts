import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { alive, ensureBuilt, killAll, newMark, until } from "../helpers.js";

const RUNS = process.env["RESOURCE_FAULTS"] === "long" ? 400 : 24;
const LANES = 3;
const LETTERS = ["a", "b", "c"];
const SIZE = 300_000;
const program = fileURLToPath(new URL("programs/random.mjs", import.meta.url));

/** How a program may end, and what its parent has to see. */
const EXITS = {
  drain: { code: 0, signal: null },
  exit3: { code: 3, signal: null },
  throw: { code: 1, signal: null },
  reject: { code: 1, signal: null },
  SIGINT: { code: null, signal: "SIGINT" },
  SIGTERM: { code: null, signal: "SIGTERM" },
  SIGHUP: { code: null, signal: "SIGHUP" },
  SIGKILL: { code: null, signal: "SIGKILL" },
} as const;
type Exit = keyof typeof EXITS;
const isExit = (name: string): name is Exit => name in EXITS;

const at = fc.nat({ max: 2 });
const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("child"),
      at,
      kind: fc.constantFrom("plain", "stubborn", "family"),
      way: fc.constantFrom("adopt", "spawn"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("folder"), at }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("write"),
      file: fc.nat({ max: 3 }),
      letter: fc.constantFrom(...LETTERS),
      isAwaited: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("dispose"), at, isSync: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("move"), at }) },
);
const randomProgram = fc.record({
  acts: fc.array(act, { minLength: 2, maxLength: 7, size: "max" }),
  exit: fc.constantFrom(...Object.keys(EXITS).filter(isExit)),
});

interface RandomProgram {
  readonly acts: readonly { readonly do: string }[];
  readonly exit: Exit;
}

const write = (file: number) => ({ do: "write", file, letter: "a", isAwaited: false });
/** Ended in the middle of writes: without handlers, and with those of a folder. */
const CUT_OFF: readonly RandomProgram[] = [
  { acts: [write(0), write(1)] },
  { acts: [{ do: "folder", at: 1 }, write(0), write(1)] },
].flatMap(({ acts }) => Array.from({ length: 6 }, (): RandomProgram => ({ acts, exit: "SIGTERM" })));

/** The handlers are there from the first child or folder on; before that, a signal leaves us no more time than SIGKILL. */
const endsAtOnce = ({ acts, exit }: RandomProgram): boolean =>
  exit === "SIGKILL" ||
  (exit.startsWith("SIG") && acts.every((one) => one.do !== "child" && one.do !== "folder"));

/** What is left when a program has ended, and how it ended. */
async function censusOf(random: RandomProgram) {
  const mark = newMark();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "random-program-"));
  try {
    const ended = await run(mark, folder, random);
    await until(() => alive(mark).length === 0, 120_000);
    const survivors = alive(mark);
    killAll(survivors);
    const left = leftIn(folder);
    return { ...ended, survivors: survivors.length, ...left, later: await litterLater(mark, folder) };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What the next program that writes there has not removed. */
async function litterLater(mark: string, folder: string): Promise<readonly string[]> {
  await run(mark, folder, { acts: [write(0)], exit: "drain" });
  return leftIn(folder).litter;
}

function run(mark: string, folder: string, random: RandomProgram) {
  const child = cp.spawn(process.execPath, [program, mark, folder, JSON.stringify(random)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stderr: "" };
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdout.once("data", () => {
    if (random.exit.startsWith("SIG")) process.kill(child.pid ?? 0, random.exit);
  });
  return new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** Folders, temporary files of writes, and files that are not one whole payload. */
function leftIn(folder: string) {
  const names = fs.readdirSync(folder);
  const files = names.filter((name) => /^file-\d$/.test(name));
  return {
    folders: names.filter((name) => name.startsWith("temp-")).length,
    litter: names.filter((name) => !name.startsWith("temp-") && !files.includes(name)),
    torn: files.filter((name) => !isWhole(fs.readFileSync(path.join(folder, name), "utf8"))),
  };
}

const isWhole = (content: string): boolean => LETTERS.some((letter) => content === letter.repeat(SIZE));

beforeAll(ensureBuilt, 120_000);

describe("random programs that end in a random way", () => {
  it(`${RUNS} of them leave no process, no folder, no litter and no torn file, and end as they would have`, async () => {
    const programs = [...fc.sample(randomProgram, { numRuns: RUNS }), ...CUT_OFF];
    const take = async (): Promise<void> => {
      for (let random = programs.pop(); random !== undefined; random = programs.pop()) await check(random);
    };
    await Promise.all(Array.from({ length: LANES }, take));
  }, 1_800_000);

  async function check(random: RandomProgram): Promise<void> {
    const { folders, litter, later, stderr, ...rest } = await censusOf(random);
    const said = `${JSON.stringify(random)}\n${stderr}`;
    expect(rest, said).toEqual({ ...EXITS[random.exit], survivors: 0, torn: [] });
    expect(later, said).toEqual([]);
    if (!endsAtOnce(random)) expect({ folders, litter }, said).toEqual({ folders: 0, litter: [] });
    expect(stderr).not.toContain("CleanupError");
  }
});
