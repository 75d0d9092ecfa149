import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { builtIn } from "../../src/catalogue/index.js";
import { factsOf } from "../../src/analyse/facts.js";
import { parseErrors } from "../../src/analyse/parse.js";
import { parseBatch, type Unit } from "../../src/analyse/unit.js";
import { grammarError } from "../../src/check/grammar.js";
import { patchError, patchOf } from "../../src/check/patch.js";
import { lostBySplice } from "../../src/check/tokens.js";
import { verbatimSpans } from "../../src/ownership/fixes/verbatim.js";
import { type Rewritten, splice } from "../../src/rewrite/rewrite.js";
import type { Edit, FilePlan, Fix, Scope } from "../../src/types.js";
import { asyncFunctions } from "../../transforms/async-functions.js";
import { imports } from "../../transforms/imports.js";
import { spawn } from "../../transforms/spawn.js";
import { planFor } from "./plans.js";

const folder = path.join(import.meta.dirname, "../fixtures/nasty");
const files = readdirSync(folder).filter((name) => !name.startsWith("."));
const textOf = (file: string): string => readFileSync(path.join(folder, file), "utf8");

function unitOf(file: string): Unit {
  const [parsed] = parseBatch([{ path: file, text: textOf(file) }], builtIn);
  if (parsed?.ok !== true) throw new Error(`${file}: ${parsed?.error}`);
  return parsed.unit;
}

function planOf(file: string, fixesOf: (unit: Unit) => readonly Fix[]): FilePlan {
  const unit = unitOf(file);
  const facts = factsOf(unit, { runtime: "resource-context", packageType: "module" });
  return { ...planFor(unit.text, fixesOf(unit), facts), file };
}

/** Every call of `spawn`, however it is written. */
function roots(unit: Unit): readonly Fix[] {
  return unit.calls
    .filter(
      (call) =>
        /\bspawn\b/.test(call.expression.getText(unit.source)) && !ts.isCallExpression(call.expression),
    )
    .map((call) => ({
      by: "root",
      handle: { start: call.getStart(unit.source), end: call.end, statement: null, parens: null },
      method: "process",
    }));
}

/** A scope over every function body that has statements. */
function scopes(unit: Unit, syntax: Scope["syntax"]): readonly Fix[] {
  const found: Fix[] = [];
  const visit = (node: ts.Node): void => {
    const first = ts.isBlock(node) && ts.isFunctionLike(node.parent) ? firstStatement(node) : undefined;
    if (first !== undefined) found.push(scopeOver(unit, node, { first, syntax }));
    ts.forEachChild(node, visit);
  };
  visit(unit.source);
  return found;
}

function firstStatement(block: ts.Block): ts.Statement | undefined {
  return block.statements.find(
    (one) => !ts.isExpressionStatement(one) || !ts.isStringLiteral(one.expression),
  );
}

interface Parts {
  readonly first: ts.Statement;
  readonly syntax: Scope["syntax"];
}

function scopeOver(unit: Unit, block: ts.Node, { first, syntax }: Parts): Fix {
  const before = first.getStart(unit.source);
  const until = unit.text.slice(0, block.end - 1).trimEnd().length;
  const scope: Scope = {
    block: { start: block.getStart(unit.source), end: block.end },
    before,
    until,
    syntax,
    waits: true,
    contextName: "ctx",
    awaits: [],
    arrow: null,
    caught: null,
    verbatim: verbatimSpans(unit, { start: before, end: until }),
  };
  return { by: "scope", handle: { ...scope.block, statement: null, parens: null }, method: "process", scope };
}

/** Most of these functions are not async; only the parsers care. */
function synchronous(edits: readonly Edit[]): readonly Edit[] {
  return edits.map((edit) =>
    edit.op === "insert"
      ? {
          ...edit,
          text: edit.text.replace("await using", "using").replace("await ctx.disposeAsync", "ctx.dispose"),
        }
      : edit,
  );
}

function expectNoDamage(file: string, result: Rewritten): void {
  const before = textOf(file);
  expect(result.text).not.toBe(before);
  expect(withoutInserted(result)).toBe(before);
  expect(parseErrors(file, result.text)).toEqual([]);
  expect(grammarError(file, before, result.text)).toBeNull();
  expect(lostBySplice(file, before, result)).toBeNull();
  expect(patchError(patchOf(file, before, result.text), before, result.text)).toBeNull();
}

/** All edits here insert: without the touched ranges the source must be back, byte for byte. */
function withoutInserted({ text, touched }: Rewritten): string {
  return [...touched]
    .reverse()
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** A body of comments only acquires nothing: there is no statement to put a scope before. */
const withoutBodies = ["02-comment-only-body.ts"];

it("has all the files", () => expect(files).toHaveLength(56));

describe.each(files)("%s", (file) => {
  it("takes an import and adopted calls", () => {
    const plan = planOf(file, roots);
    const text = textOf(file);
    expectNoDamage(file, splice(text, [...spawn.edits(plan, text), ...imports.edits(plan, text)]));
  });

  it.skipIf(withoutBodies.includes(file)).each(["using", "try-finally"] as const)(
    "takes scopes (%s)",
    (syntax) => {
      const plan = planOf(file, (unit) => scopes(unit, syntax));
      const text = textOf(file);
      expectNoDamage(
        file,
        splice(text, [...synchronous(asyncFunctions.edits(plan, text)), ...imports.edits(plan, text)]),
      );
    },
  );
});
