import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { git, project, repository } from "../support/project.js";

const script = fileURLToPath(new URL("../../ecosystem/leakbench.mjs", import.meta.url));
const header =
  "id,repo,fix_sha,prefix_sha,path,line,kind,function_shape,ownership,scope,fixable,upstream_fix,note";

const preview = `import { spawn } from "node:child_process";
import { once } from "node:events";
export async function preview(log: (line: string) => Promise<void>) {
  const child = spawn("preview", []);
  await log("started");
  await once(child, "close");
}

export function editor(file: string) {
  spawn("editor", [file], { detached: true }).unref();
}
`;

/** The rows are \`id, line, kind, scope, fixable\` of src/preview.ts in acme/preview. */
function bench(rows: readonly (readonly [string, number, string, string, string])[], commit?: string) {
  const root = repository({ "package.json": "{}", "src/preview.ts": preview });
  const head = commit ?? git(root, "rev-parse", "HEAD").trim();
  const lines = rows.map(([id, line, kind, scope, fixable]) =>
    [
      id,
      "acme/preview",
      "",
      head,
      "src/preview.ts",
      line,
      kind,
      "async fn",
      `"a, ""local"""`,
      scope,
      fixable,
      "ok",
      "",
    ].join(","),
  );
  const folder = project({ "leaks.csv": [header, ...lines].join("\n") });
  git(folder, "clone", "-q", "--mirror", root, join(folder, "acme/preview"));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, join(folder, "leaks.csv"), "--mirrors", folder, "--verbose"],
    { encoding: "utf8" },
  );
  return { status, text: stdout + stderr };
}

it("counts a leak that would be rewritten as fixed, and one that nobody sees as not found", () => {
  const { status, text } = bench([
    ["L1", 4, "child_process", "function", "yes"],
    ["L2", 6, "server", "function", "yes"],
  ]);
  expect(text).toContain("found 1 of 2 (50.0 %)");
  expect(text).toContain("fixed or rightly left, of those marked fixable (yes, partly): 1 of 2 (50.0 %)");
  expect(text).toMatch(/L1 fixed: .*\n +4: node:child_process#spawn local, rewrite scope/);
  expect(text).toMatch(/L2 not-found: /);
  expect(status).toBe(0);
});

it("fails when a negative would be rewritten, and not when it is left", () => {
  expect(bench([["N1", 10, "negative", "none", "no"]])).toMatchObject({
    status: 0,
    text: expect.stringContaining("negatives rewritten: 0 of 1"),
  });
  expect(bench([["N1", 4, "negative", "none", "no"]])).toMatchObject({
    status: 1,
    text: expect.stringContaining("negatives rewritten: 1 of 1"),
  });
});

it("says which rows could not be run because the mirror lacks the commit", () => {
  const { text } = bench([["L1", 4, "child_process", "function", "yes"]], "0".repeat(40));
  expect(text).toContain("could not be run: 1");
  expect(text).toContain("the mirror lacks commit 000000");
});
