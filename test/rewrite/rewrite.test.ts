import { describe, expect, it } from "vitest";
import { rewrite, splice } from "../../src/rewrite/rewrite.js";
import { planFor, replacedCall, root } from "./plans.js";

describe("rewrite", () => {
  it("returns the very same string when there is nothing to do", () => {
    const source = "spawn('x');\r\n";
    expect(rewrite(planFor(source, []), source)).toEqual({ text: source, touched: [], edits: [] });
  });

  it("refuses a source that changed since the plan was made", () => {
    const source = "spawn('x');\n";
    const plan = planFor(source, [root(source, "spawn('x')")]);
    expect(() => rewrite(plan, `${source}// edited meanwhile\n`)).toThrow(
      /src\/sample\.ts changed since it was analysed/,
    );
  });

  it("refuses edits that overlap", () => {
    const remove = (start: number, end: number) => ({ op: "remove", span: { start, end } }) as const;
    expect(() => splice("0123456789", [remove(2, 6), remove(5, 8)])).toThrow(
      "Two edits overlap at offset 5.",
    );
    expect(() => splice("0123456789", [remove(2, 6), { op: "insert", at: 4, text: "x", order: 0 }])).toThrow(
      "overlap",
    );
  });

  it("refuses edits outside of the file and edits of nothing", () => {
    expect(() => splice("0123", [{ op: "remove", span: { start: 2, end: 9 } }])).toThrow(
      "outside of the file: 2-9",
    );
    expect(() => splice("0123", [{ op: "replace", span: { start: 2, end: 2 }, text: "x" }])).toThrow(
      "replaces nothing",
    );
  });

  it("says which ranges of the result it touched", () => {
    const source = "const a = spawn('a');\nconst b = writeFile(p, d);\n";
    const plan = planFor(source, [
      root(source, "spawn('a')"),
      replacedCall(source, "writeFile(p", "writeFile"),
    ]);
    const { text, touched } = rewrite(plan, source);
    expect(touched.map((range) => text.slice(range.start, range.end))).toEqual([
      "import { ResourceContext, atomicWriteFile } from 'resource-context';\n\n",
      "ResourceContext.root.process(",
      ")",
      "atomicWriteFile",
    ]);
  });

  it("keeps insertions at both ends of a replaced range, in order", () => {
    const insert = (at: number, text: string, order: number) => ({ op: "insert", at, text, order }) as const;
    const edits = [
      insert(1, "B", 2),
      insert(1, "A", 1),
      { op: "replace", span: { start: 1, end: 2 }, text: "-" },
      insert(2, "C", 0),
    ] as const;
    expect(splice("xyz", edits).text).toBe("xAB-Cz");
  });
});

describe("calls", () => {
  const rewritten = (source: string, call: string): string =>
    rewrite(planFor(source, [root(source, call)], withoutImport), source).text;
  // With the name already imported, only the call changes.
  const withoutImport = {
    imports: [
      {
        form: "import",
        module: "resource-context",
        typeOnly: false,
        span: { start: 0, end: 0 },
        braces: { start: 0, end: 0 },
        bindings: [
          { local: "ResourceContext", role: "named", span: { start: 0, end: 15 }, references: 1, values: 1 },
        ],
        uses: [],
        pinned: false,
      },
    ],
  } as const;
  const head = "ResourceContext;";

  it.each([
    ["x = await spawn('a');", "spawn('a')", "x = await ResourceContext.root.process(spawn('a'));"],
    ["return(spawn)('a');", "(spawn)('a')", "return ResourceContext.root.process((spawn)('a'));"],
    [";(0, spawn)('a')", "(0, spawn)('a')", ";ResourceContext.root.process((0, spawn)('a'))"],
    ["new (spawn('a') as any)();", "spawn('a')", "new (ResourceContext.root.process(spawn('a')) as any)();"],
    [
      "spawn<T>('a' /* end */); // go",
      "spawn<T>('a' /* end */)",
      "ResourceContext.root.process(spawn<T>('a' /* end */)); // go",
    ],
    ["spawn('a').on('x', f);", "spawn('a')", "ResourceContext.root.process(spawn('a')).on('x', f);"],
    ["`${spawn('a')}`;", "spawn('a')", "`${ResourceContext.root.process(spawn('a'))}`;"],
  ])("%s", (source, call, result) => {
    expect(rewritten(head + source, call)).toBe(head + result);
  });

  it("opens the outer of two calls with one start first", () => {
    const source = `${head}spawn(spawn("a").pid);`;
    const fixes = [root(source, 'spawn("a")'), root(source, 'spawn(spawn("a").pid)')];
    const { text } = rewrite(planFor(source, fixes, withoutImport), source);
    expect(text).toBe(
      `${head}ResourceContext.root.process(spawn(ResourceContext.root.process(spawn("a")).pid));`,
    );
  });

  it("uses the local name of a replacement", () => {
    const source = `${head}await(fs).writeFile(p, d);`;
    const names = {
      ResourceContext: "ResourceContext",
      atomicWriteFile: "atomicWriteFile2",
      atomicWriteFileSync: "s",
      pipeline: "p",
    };
    const text = rewrite(
      planFor(source, [replacedCall(source, "(fs).writeFile", "(fs).writeFile")], {
        ...withoutImport,
        names,
      }),
      source,
    ).text;
    expect(text).toContain("await atomicWriteFile2(p, d);");
  });
});
