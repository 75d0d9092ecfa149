import { describe, expect, it } from "vitest";
import { check, type Change, type Checked } from "../../src/check/check.js";
import { grammarError } from "../../src/check/grammar.js";
import { patchError, patchOf } from "../../src/check/patch.js";
import { lostByFormat, lostBySplice } from "../../src/check/tokens.js";
import { splice, type Rewritten } from "../../src/rewrite/rewrite.js";
import type { Edit, FilePlan } from "../../src/types.js";
import { at, planFor, root } from "../rewrite/plans.js";

const before = "// starts it\nconst child = spawn(`a\n  b`); // go\n";
const insert = (offset: number, text: string): Edit => ({ op: "insert", at: offset, text, order: 0 });
const call = at(before, "spawn(`a\n  b`)");
const good = splice(before, [insert(call.start, "own("), insert(call.end, ")")]);

const nothing = (): FilePlan => planFor(before, []);
const checked = (
  change: Partial<Change>,
  verify: "parse" | "none" = "parse",
  replan = nothing,
): Promise<Checked> =>
  check(
    { plan: planFor(before, []), before, rewritten: good, after: (change.rewritten ?? good).text, ...change },
    { verify, replan },
  );

describe("check", () => {
  it("lets a sound result pass", async () => {
    expect(await checked({})).toEqual({ ok: true });
    expect(await checked({ rewritten: splice(before, []), after: before })).toEqual({ ok: true });
  });

  it("refuses a result that does not parse, unless told not to look", async () => {
    const rewritten = splice(before, [insert(call.start, "own((")]);
    expect(await checked({ rewritten })).toMatchObject({
      ok: false,
      check: "parse",
      error: expect.stringContaining("The result does not parse: "),
    });
    expect(await checked({ rewritten }, "none")).toEqual({ ok: true });
  });

  it("refuses a result that lost something, even without the parser", async () => {
    const rewritten: Rewritten = { ...good, text: good.text.replace(" // go", "") };
    const lost = { ok: false, check: "tokens", error: "A comment on line 3 did not survive: // go" };
    expect(await checked({ rewritten }, "none")).toEqual(lost);
  });

  it("refuses formatting that lost something", async () => {
    const after = good.text.replace("// starts it\n", "");
    expect(await checked({ after })).toMatchObject({
      check: "tokens",
      error: "A comment on line 1 did not survive: // starts it",
    });
  });

  it("refuses a result that a second pass would change again", async () => {
    const again = (): FilePlan => planFor(before, [root(before, "spawn")]);
    expect(await checked({}, "none", again)).toEqual({
      ok: false,
      check: "second-pass",
      error: "A second pass would change the result again: node:child_process#spawn on line 1.",
    });
  });
});

describe("token preservation", () => {
  const lost = (edits: readonly Edit[], damage: (text: string) => string = (text) => text): string | null => {
    const rewritten = splice(before, edits);
    return lostBySplice("a.ts", before, { ...rewritten, text: damage(rewritten.text) });
  };

  it.each([
    [
      "a template literal that was indented",
      (text: string) => text.replace("\n  b", "\n    b"),
      /template literal on line 2 did not survive/,
    ],
    ["a comment that is gone", (text: string) => text.replace(" // go", ""), /comment on line 3/],
    [
      "a name that changed",
      (text: string) => text.replace("child", "chiId"),
      /Code on line 2 did not survive: child/,
    ],
    [
      "a token that nobody inserted",
      (text: string) => `${text}debugger;`,
      /A token appeared that no edit inserted, on line 4: debugger/,
    ],
  ])("sees %s", (_what, damage, message) => {
    expect(lost([insert(call.start, "own("), insert(call.end, ")")], damage)).toMatch(message);
  });

  it("sees text that grew together with a token, or fell into a comment", () => {
    expect(lost([insert(call.start, "await")])).toMatch(/Code on line 2 did not survive: spawn/);
    expect(lost([insert(before.length - 1, " } finally {}")])).toMatch(
      /A comment on line 3 did not survive: \/\/ go/,
    );
    expect(lost([insert(before.indexOf("`a") + 1, "x")])).toMatch(/A template literal/);
  });

  it("lets go what an edit names, and nothing next to it", () => {
    const removed: Edit = { op: "remove", span: { start: 0, end: before.indexOf("const") } };
    expect(lost([removed])).toBeNull();
    expect(lost([removed], (text) => text.replace("// go", "//"))).toMatch(/A comment on line 3/);
  });

  it("tells regular expressions, JSX text and shebangs apart", () => {
    const source =
      "#!/usr/bin/env node\nconst a = <b>it's // text {x / 2} </b>, r = /[/]'/g, t = `${'`'}`;\n";
    const rewritten = splice(source, [insert(source.length, "f();\n")]);
    expect(lostBySplice("a.tsx", source, rewritten)).toBeNull();
    const damaged = { ...rewritten, text: rewritten.text.replace("// text", "//  text") };
    expect(lostBySplice("a.tsx", source, damaged)).toMatch(/JSX text on line 2/);
  });

  it("allows a formatter white space and punctuation only", () => {
    const spliced = "f(own(a, b)) // c\n";
    expect(lostByFormat("a.ts", spliced, "f(\n  own(\n    a,\n    b,\n  ),\n); // c\n")).toBeNull();
    expect(lostByFormat("a.ts", spliced, "f(own(b, a)); // c\n")).toMatch(/Code on line 1/);
    expect(lostByFormat("a.ts", spliced, "f(own(a, b));\n")).toMatch(/comment on line 1/);
    expect(lostByFormat("a.ts", spliced, "f(own(a, b)); // c\nextra();\n")).toMatch(
      /A token appeared on line 2: extra/,
    );
  });
});

describe("grammar", () => {
  it("speaks up only when the original was accepted", () => {
    expect(grammarError("a.ts", "let a = 1;", "let a = ;")).toMatch(
      /jscodeshift's ts parser: Unexpected token/,
    );
    expect(grammarError("a.ts", "let a = <b>c;", "let a = <b>d;")).toBeNull();
    expect(grammarError("a.ts", "let a = <B />;", "let a = <B;")).toMatch(/tsx parser/);
    expect(grammarError("a.ts", "let a = ;", "let a = = ;")).toBeNull();
  });

  it.each([".ts", ".mts", ".cts", ".tsx", ".js", ".jsx", ".mjs", ".cjs"])("knows %s", (extension) => {
    const after = "async function f() { await using ctx = new ResourceContext(); }";
    expect(grammarError(`a${extension}`, "let a;", after)).toBeNull();
    expect(grammarError(`a${extension}`, "let a;", "let a")).toBeNull();
    expect(grammarError(`a${extension}`, "let a;", "let = {")).toMatch(/parser: /);
  });
});

describe("patch", () => {
  it.each(["a\nb\n", "a\r\nb\r\n", "a\nb", "\uFEFFa\r\nb\n", "a\rb\n"])(
    "turns one text into the other: %j",
    (text) => {
      const after = text.replace("b", "c\nd");
      expect(patchError(patchOf("src/a.ts", text, after), text, after)).toBeNull();
    },
  );

  it("is refused when it does not fit", () => {
    const patch = patchOf("src/a.ts", "a\nb\n", "a\nc\n");
    expect(patchError(patch, "x\ny\n", "a\nc\n")).toBe("The patch does not apply to the original.");
    expect(patchError(patch, "a\nb\n", "a\nd\n")).toMatch(/gives another text/);
  });
});
