import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { withoutFlowTypes } from "../../src/analyse/flow-types.js";
import { parseBatch } from "../../src/analyse/unit.js";
import { builtIn } from "../../src/catalogue/index.js";
import { runPipeline, textAfter, writePackage } from "../support/pipeline.js";
import { optionsFor } from "../support/project.js";

const root = mkdtempSync(join(tmpdir(), "flow-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const text = `/* @flow */
import typeof { Store } from "./store";
import fs, { type Stats } from "fs";

type Entry = {| +path: string, stats: ?Stats |};

export function save(path: string, entry: ?Entry): void {
  fs.writeFileSync((path: any), JSON.stringify(entry));
}
`;

describe("a file with types that only Flow reads", () => {
  it("is read without them, every character in its place", () => {
    const code = withoutFlowTypes(text);
    expect(code?.length).toBe(text.length);
    expect(code?.indexOf("fs.writeFileSync(")).toBe(text.indexOf("fs.writeFileSync("));
    expect(code).not.toContain("?Entry");
  });

  it("is rewritten in place: its types stay, and so does each import", async () => {
    writePackage(root, { "save.js": text }, { type: "module" });
    const options = optionsFor(root, { syntax: "try-finally" });
    const [outcome] = await runPipeline({ options, files: ["save.js"], mockingTests: [] });
    if (outcome === undefined) throw new Error("nothing was found");
    const expected = text
      .replace(`from "fs";\n`, `from "fs";\nimport { atomicWriteFileSync } from "resource-context";\n`)
      .replace("fs.writeFileSync(", "atomicWriteFileSync(");
    expect(textAfter(outcome, text)).toBe(expected);
    expect(readFileSync(join(root, "save.js"), "utf8")).toBe(text);
  });

  it("is passed over when Flow does not read it either, and when it does not name Flow", () => {
    const broken = "// @flow\nconst a = = ;\n";
    const parsed = parseBatch(
      [
        { path: "broken.js", text: broken },
        { path: "plain.js", text: text.replace("@flow", "") },
      ],
      builtIn,
    );
    expect(withoutFlowTypes(broken)).toBeUndefined();
    expect(parsed).toMatchObject([
      { ok: false, isFlow: true },
      { ok: false, isFlow: false },
    ]);
  });
});
