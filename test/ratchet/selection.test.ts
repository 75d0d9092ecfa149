import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSelection } from "../../src/ratchet/selection.js";
import { run } from "../../src/run.js";
import type { Finding } from "../../src/types.js";
import { git, optionsFor, put, repository } from "../support/project.js";

const text = `import { writeFileSync } from "node:fs";

export function save(port: string): void {
  writeFileSync("port.txt", port);
  writeFileSync("log.txt", port);
}
`;
const entryOf = ({ acquisition }: Finding): object => ({
  file: "src/a.ts",
  fingerprint: acquisition.fingerprint,
});

async function project(): Promise<{ readonly root: string; readonly findings: readonly Finding[] }> {
  const root = repository({
    "src/a.ts": text,
    "package.json": '{ "dependencies": { "resource-context": "*" } }\n',
  });
  const report = await run(optionsFor(root));
  return { root, findings: report.files.flatMap(({ findings }) => findings) };
}

test("only the changes that were taken are made", async () => {
  const { root, findings } = await project();
  const [first, ...rest] = findings.map(entryOf);
  const select = readSelection("s.json", JSON.stringify({ version: 1, accept: [first], reject: rest }));
  const report = await run(optionsFor(root, { mode: "write", select }));
  expect(readFileSync(join(root, "src/a.ts"), "utf8")).toBe(
    text
      .replace('writeFileSync("port', 'atomicWriteFileSync("port')
      .replace('fs";\n', 'fs";\nimport { atomicWriteFileSync } from "resource-context";\n'),
  );
  expect(report.files[0]?.findings.map(({ standing }) => standing.is)).toEqual(["new", "declined"]);
  expect(report.exitCode).toBe(0);
});

test("what is not in the selection at all is not made either", async () => {
  const { root } = await project();
  const select = readSelection("s.json", '{ "version": 1, "accept": [], "reject": [] }');
  await run(optionsFor(root, { mode: "write", select }));
  expect(git(root, "status", "--porcelain")).toBe("");
});

test("a selection for other code writes nothing", async () => {
  const { root, findings } = await project();
  const select = readSelection("s.json", JSON.stringify({ version: 1, accept: findings.map(entryOf) }));
  put(root, { "src/a.ts": text.replace("log.txt", "upload.txt") });
  git(root, "commit", "-qam", "changed");
  await expect(run(optionsFor(root, { mode: "write", select }))).rejects.toThrow(
    /s\.json was made for other code: 1 of its 2 changes are not there, the first one in src\/a\.ts/,
  );
  expect(git(root, "status", "--porcelain")).toBe("");
});

describe("what is no selection", () => {
  test.each([
    ["no JSON", "{", /not valid JSON/],
    ["a list", "[]", /is no selection/],
    ["another version", '{ "version": 2 }', /version 2, but this tool reads version 1/],
    ["without a list", '{ "version": 1 }', /"accept" must be a list/],
    ["with a strange entry", '{ "version": 1, "accept": ["src/a.ts"] }', /"accept\[0\]" is "src\/a\.ts"/],
  ])("%s", (_, content, message) => {
    expect(() => readSelection("s.json", content)).toThrow(message);
  });
});
