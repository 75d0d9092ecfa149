import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killMarked, makePair, marked, type Pair, pause, start } from "../support/pairs.js";

const temporary = realpathSync(mkdtempSync(join(tmpdir(), "pairs-order-")));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

interface Story {
  readonly lines: readonly string[];
  readonly code: number | null;
  readonly left: number;
}

/** What it printed, without the name of the folder; whether the folder is still there is the last line. */
async function play(file: string, scenario: string): Promise<Story> {
  const mark = randomUUID();
  try {
    const { stdout, code } = await start(file, [], { PAIR_MARK: mark, PAIR_SCENARIO: scenario }).ended;
    const [folder = "", ...lines] = stdout.trimEnd().split("\n");
    for (let tries = 0; tries < 50 && marked(mark).length > 0; tries++) await pause(20);
    return { lines: [...lines, existsSync(folder) ? "left" : "gone"], code, left: marked(mark).length };
  } finally {
    killMarked(mark);
  }
}

describe.each(["using", "try-finally"] as const)(
  "what depends on another is released before it: %s",
  (syntax) => {
    let pair: Pair;
    beforeAll(async () => {
      pair = await makePair(mkdtempSync(join(temporary, "pair-")), "order.ts", { syntax, safety: "likely" });
    });

    it("owns the folder, the log and the child in one scope", () => {
      expect(pair.text).toContain("ctx.tempDir(mkdtempSync(");
      expect(pair.text).toContain("ctx.stream(createWriteStream(");
      expect(pair.text).toMatch(/ctx\.process\((?:spawn\(|child\))/);
    });

    it("success: as before", async () => {
      const before = await play(pair.before, "success");
      expect(before).toEqual({
        lines: ["started", "the folder was there", "true", "gone"],
        code: 0,
        left: 0,
      });
      expect(await play(pair.after, "success")).toEqual(before);
    });

    it("throw: the child ends while its folder is there, then the folder goes", async () => {
      expect(await play(pair.before, "throw")).toMatchObject({
        lines: ["started", "the disk is full", "left"],
      });
      expect(await play(pair.after, "throw")).toEqual({
        lines: ["started", "the folder was there", "the disk is full", "gone"],
        code: 6,
        left: 0,
      });
    });

    it("process.exit inside the scope skips its end, and leaves nothing all the same", async () => {
      expect(await play(pair.before, "exit")).toMatchObject({ lines: ["started", "left"], code: 3 });
      expect(await play(pair.after, "exit")).toMatchObject({ code: 3, left: 0 });
      expect((await play(pair.after, "exit")).lines.at(-1)).toBe("gone");
    });
  },
);
