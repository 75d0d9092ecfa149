import { describe, expect, it } from "vitest";
import { asyncFunctions } from "../../transforms/async-functions.js";
import { spawn } from "../../transforms/spawn.js";
import { splice } from "../../src/rewrite/rewrite.js";
import type { Fix, Scope } from "../../src/types.js";
import { at, planFor, scoped, scopeIn } from "./plans.js";

type Parts = Partial<Scope> & { readonly from: string };

/** The source is one function; `call` is adopted in a scope over the whole body. */
function withScope(source: string, call: string, parts: Parts): string {
  const block = source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1);
  return rewritten(source, [scoped(source, call, scopeIn(source, block, parts))]);
}

function rewritten(source: string, fixes: readonly Fix[]): string {
  const plan = planFor(source, fixes);
  return splice(source, [...asyncFunctions.edits(plan, source), ...spawn.edits(plan, source)]).text;
}

const lines = (...text: readonly string[]): string => `${text.join("\n")}\n`;

describe("using", () => {
  it("declares the context on a line of its own", () => {
    const source = lines(
      "async function f() {",
      "  log();",
      "  const c = spawn('x');",
      "  await done(c);",
      "}",
    );
    expect(withScope(source, "spawn('x')", { from: "const c" })).toBe(
      lines(
        "async function f() {",
        "  log();",
        "  await using ctx = new ResourceContext();",
        "  const c = ctx.process(spawn('x'));",
        "  await done(c);",
        "}",
      ),
    );
  });

  it("follows CRLF and tabs", () => {
    const source = "async function f() {\r\n\tconst c = spawn('x');\r\n\tawait done(c);\r\n}\r\n";
    expect(withScope(source, "spawn('x')", { from: "const c" })).toBe(
      "async function f() {\r\n\tawait using ctx = new ResourceContext();\r\n\tconst c = ctx.process(spawn('x'));\r\n\tawait done(c);\r\n}\r\n",
    );
  });

  it("takes the line end of the neighbour in a file of mixed line ends", () => {
    const source = "async function f() {\r\n  const c = spawn('x');\n  await done(c);\r\n}\n";
    expect(withScope(source, "spawn('x')", { from: "const c" })).toBe(
      "async function f() {\r\n  await using ctx = new ResourceContext();\n  const c = ctx.process(spawn('x'));\n  await done(c);\r\n}\n",
    );
  });

  it("writes no semicolon where the file has none", () => {
    const source = lines("async function f() {", "  const c = spawn('x')", "  await done(c)", "}");
    expect(withScope(source, "spawn('x')", { from: "const c" })).toContain(
      "  await using ctx = new ResourceContext()\n  const c = ctx.process(spawn('x'))\n",
    );
  });

  it("writes one all the same where the next statement would continue the line", () => {
    const source = lines("async function f() {", "  go()", "  ;[spawn('x')].map(g)", "  await d()", "}");
    expect(withScope(source, "spawn('x')", { from: "[spawn" })).toContain(
      "  ;await using ctx = new ResourceContext(); [ctx.process(spawn('x'))].map(g)\n",
    );
    const bracket = lines(
      "async function f() {",
      "  go();",
      "  (await spawn('x')).on('a', b)",
      "  await d()",
      "}",
    );
    expect(withScope(bracket, "spawn('x')", { from: "(await" })).toContain(
      "new ResourceContext();\n  (await ctx",
    );
  });

  it.each([
    [
      "async () => { const c = spawn(x); await d(c) }",
      "async () => { await using ctx = new ResourceContext(); const c = ctx.process(spawn(x)); await d(c) }",
    ],
    [
      "async () => {const c = spawn(x); await d(c)}",
      "async () => {await using ctx = new ResourceContext(); const c = ctx.process(spawn(x)); await d(c)}",
    ],
  ])("keeps one line: %s", (source, result) => {
    expect(withScope(source, "spawn(x)", { from: "const c" })).toBe(result);
  });

  it("stays above the comments of the statement, above all directives", () => {
    const source = lines(
      "async function f() { // eslint-disable-line",
      "  a();",
      "",
      "  /*",
      "   * the converter",
      "   */",
      "  // @ts-expect-error old types",
      "  const c = spawn('x');",
      "  await done(c);",
      "}",
    );
    expect(withScope(source, "spawn('x')", { from: "const c" })).toContain(
      "\n\n  await using ctx = new ResourceContext();\n  /*\n   * the converter\n   */\n  // @ts-expect-error old types\n  const c = ctx.process(",
    );
  });

  it("does not take the end of a template literal for a comment", () => {
    const source = lines(
      "async function f() {",
      "  const t = `",
      "  // text`",
      "  const c = spawn(t);",
      "  await d(c);",
      "}",
    );
    expect(withScope(source, "spawn(t)", { from: "const c" })).toContain("  // text`\n  await using ctx");
  });

  it("declares one context for all findings of one scope, and awaits once", () => {
    const source = lines(
      "async function f() {",
      "  const a = spawn('a');",
      "  const b = spawn('b');",
      "  return both(a, b);",
      "}",
    );
    const block = source.slice(source.indexOf("{"), -1);
    const awaits = [{ span: at(source, "both(a, b)"), parens: false }];
    const fixes = [
      scoped(source, "spawn('b')", scopeIn(source, block, { from: "const b", awaits })),
      scoped(source, "spawn('a')", scopeIn(source, block, { from: "const a", awaits })),
    ];
    expect(rewritten(source, fixes)).toBe(
      lines(
        "async function f() {",
        "  await using ctx = new ResourceContext();",
        "  const a = ctx.process(spawn('a'));",
        "  const b = ctx.process(spawn('b'));",
        "  return await both(a, b);",
        "}",
      ),
    );
  });

  it("puts await outside of the adoption and parentheses outside of both", () => {
    const source = lines("async function f() {", "  return a ? spawn('x') : b", "}");
    const awaits = [{ span: at(source, "a ? spawn('x') : b"), parens: true }];
    expect(withScope(source, "spawn('x')", { from: "return", awaits })).toContain(
      "return await (a ? ctx.process(spawn('x')) : b)",
    );
    const same = lines("async function f() {", "  return(spawn)('x')", "}");
    const whole = [{ span: at(same, "(spawn)('x')"), parens: true }];
    expect(withScope(same, "(spawn)('x')", { from: "return", awaits: whole })).toContain(
      "return await ( ctx.process((spawn)('x')))",
    );
  });
});

describe("try-finally", () => {
  const long = { syntax: "try-finally" } as const;

  it("wraps the rest of the body and indents its lines", () => {
    const source = lines(
      "async function f() {",
      "  log();",
      "  const c = spawn('x');",
      "",
      "  await done(c); // read",
      "}",
    );
    expect(withScope(source, "spawn('x')", { from: "const c", ...long })).toBe(
      lines(
        "async function f() {",
        "  log();",
        "  const ctx = new ResourceContext();",
        "  try {",
        "    const c = ctx.process(spawn('x'));",
        "",
        "    await done(c); // read",
        "  } finally {",
        "    await ctx.disposeAsync();",
        "  }",
        "}",
      ),
    );
  });

  it("follows tabs, CRLF and missing semicolons", () => {
    const source = "async function f() {\r\n\tconst c = spawn('x')\r\n\tawait done(c)\r\n}\r\n";
    expect(withScope(source, "spawn('x')", { from: "const c", ...long })).toBe(
      "async function f() {\r\n\tconst ctx = new ResourceContext()\r\n\ttry {\r\n\t\tconst c = ctx.process(spawn('x'))\r\n\t\tawait done(c)\r\n\t} finally {\r\n\t\tawait ctx.disposeAsync()\r\n\t}\r\n}\r\n",
    );
  });

  it("keeps the bytes of template literals, JSX text and multi-line comments", () => {
    const template = "`\n  a ${b}\n c`";
    const text = "\n      words  \n    ";
    const comment = "/*\n kept\n */";
    const source = lines(
      "async function f() {",
      "  const c = spawn('x');",
      `  const t = ${template};`,
      `  ${comment}`,
      `  return <b>${text}</b>;`,
      "}",
    );
    const verbatim = [template, text, comment].map((piece) => at(source, piece));
    const result = withScope(source, "spawn('x')", { from: "const c", ...long, verbatim });
    for (const piece of [template, text, comment]) expect(result).toContain(piece);
    expect(result).toContain("\n    const t = `");
  });

  it("does not indent the rest of a string that goes on behind a backslash", () => {
    const source = lines("async function f() {", "  const c = spawn('x');", "  go('one \\", "two');", "}");
    expect(withScope(source, "spawn('x')", { from: "const c", ...long })).toContain(
      "    go('one \\\ntwo');\n",
    );
  });

  it("keeps one line", () => {
    const source = "async () => { const c = spawn(x); await d(c) }";
    expect(withScope(source, "spawn(x)", { from: "const c", ...long })).toBe(
      "async () => { const ctx = new ResourceContext(); try { const c = ctx.process(spawn(x)); await d(c) } finally { await ctx.disposeAsync(); } }",
    );
  });

  it("is not swallowed by a line comment at the end of the block", () => {
    const source = "async () => { const c = spawn(x); await d(c) // done\n}";
    expect(withScope(source, "spawn(x)", { from: "const c", ...long })).toBe(
      "async () => { const ctx = new ResourceContext(); try { const c = ctx.process(spawn(x)); await d(c) // done\n} finally { await ctx.disposeAsync(); }\n}",
    );
  });

  it("nests: a loop body inside a function body", () => {
    const source = lines(
      "async function f() {",
      "  const a = spawn('a');",
      "  for (const x of xs) {",
      "    const b = spawn(x);",
      "    await d(b);",
      "  }",
      "  await d(a);",
      "}",
    );
    const loop = source.slice(source.indexOf("{", 20), source.indexOf("  }\n") + 3);
    const outer = source.slice(source.indexOf("{"), -1);
    const fixes = [
      scoped(source, "spawn('a')", scopeIn(source, outer, { from: "const a", ...long })),
      scoped(source, "spawn(x)", scopeIn(source, loop, { from: "const b", ...long, contextName: "ctx2" })),
    ];
    expect(rewritten(source, fixes)).toBe(
      lines(
        "async function f() {",
        "  const ctx = new ResourceContext();",
        "  try {",
        "    const a = ctx.process(spawn('a'));",
        "    for (const x of xs) {",
        "      const ctx2 = new ResourceContext();",
        "      try {",
        "        const b = ctx2.process(spawn(x));",
        "        await d(b);",
        "      } finally {",
        "        await ctx2.disposeAsync();",
        "      }",
        "    }",
        "    await d(a);",
        "  } finally {",
        "    await ctx.disposeAsync();",
        "  }",
        "}",
      ),
    );
  });
});
