import {
  type Stats,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePair, type Pair, pause, start } from "../support/pairs.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "writes-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const programs: readonly (readonly [title: string, file: string, expected: string])[] = [
  ["a promise", "write-promises.ts", "await atomicWriteFile("],
  ["a sync write, CommonJS", "write-sync.cjs", "atomicWriteFileSync("],
  ["a callback", "write-callback.mjs", "atomicWriteFile("],
  ["a promisified write, CommonJS", "write-promisified.cts", "await atomicWriteFile("],
];

const megabyte = 1024 * 1024;

interface Violence {
  readonly signal: NodeJS.Signals;
  readonly size: number;
  readonly tries: number;
}

/** Writes over and over until it is killed at a random moment; says whether the file is torn. */
async function tornAfter(file: string, { size, signal }: Violence): Promise<boolean> {
  const folder = mkdtempSync(join(temporary, "target-"));
  const target = join(folder, "log.txt");
  writeFileSync(target, "x".repeat(size));
  const original = statSync(target);
  const running = start(file, [target, String(size), "1000000"], {});
  await running.says("ready");
  await inTheMiddle(target, original);
  running.child.kill(signal);
  await running.ended;
  const text = readFileSync(target, "latin1");
  rmSync(folder, { recursive: true });
  return text !== text.charAt(0).repeat(size);
}

/** Looks without a pause until the file is half-written; one that is replaced as a whole gets a random moment. */
async function inTheMiddle(target: string, { size, ino }: Stats): Promise<void> {
  const until = performance.now() + 20_000;
  let now = statSync(target);
  while (performance.now() < until && now.size === size && now.ino === ino) now = statSync(target);
  if (now.ino !== ino) await pause(Math.random() * 100);
}

async function isEverTorn(file: string, violence: Violence): Promise<boolean> {
  for (let i = 0; i < violence.tries; i++) if (await tornAfter(file, violence)) return true;
  return false;
}

describe.each(programs)("%s", (_title, file, expected) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await makePair(mkdtempSync(join(temporary, "pair-")), file);
  });

  it("is rewritten as expected", () => expect(pair.text).toContain(expected));

  it("writes the same and prints the same when all goes well", async () => {
    const results = [];
    for (const version of [pair.before, pair.after]) {
      const target = join(mkdtempSync(join(temporary, "target-")), "log.txt");
      const { stdout, code, signal } = await start(version, [target, "1000", "3"], {}).ended;
      results.push({ stdout, code, signal, text: readFileSync(target, "utf8") });
    }
    expect(results[0]).toEqual({ stdout: "ready\nwritten\n", code: 0, signal: null, text: "2".repeat(1000) });
    expect(results[1]).toEqual(results[0]);
  });

  it.each(["SIGKILL", "SIGTERM"] as const)("never tears it after the rewrite: %s", async (signal) => {
    expect(await isEverTorn(pair.after, { signal, size: 4 * megabyte, tries: 6 })).toBe(false);
  });
});

/** Whether one kill hits one write is chance: what counts is that these programs can be hit at all. */
it("a plain write is torn when it is killed in the middle", async () => {
  const torn: boolean[] = [];
  for (let round = 0; round < 20 && !torn.includes(true); round++)
    for (const [, file] of programs) {
      const { before } = await makePair(mkdtempSync(join(temporary, "pair-")), file);
      torn.push(await isEverTorn(before, { signal: "SIGKILL", size: 32 * megabyte, tries: 3 }));
    }
  expect(torn).toContain(true);
}, 240_000);
