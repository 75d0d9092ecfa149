import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { project } from "../support/project.js";

const script = fileURLToPath(new URL("../../ecosystem/faults.mjs", import.meta.url));

const code = `import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { render } from "./render.js";

export async function preview(page: string): Promise<string> {
  const folder = await mkdtemp("/var/preview-");
  const picture = await render(page, folder);
  await rm(folder, { recursive: true });
  return picture;
}

export function play(file: string, done: () => void): void {
  const player = spawn("play", [file]);
  player.on("close", done);
}

export async function remember(path: string, picture: string): Promise<void> {
  await writeFile(path, picture);
}
`;

interface Result {
  readonly where: string;
  readonly fix: string;
  readonly injections?: number;
  readonly before?: number;
  readonly after?: number;
  readonly faults?: readonly { readonly call: string; readonly before: readonly string[] }[];
}

it("throws at each call behind an acquisition, and finds what is left before the rewrite and not after", () => {
  const root = project({ "package.json": `{ "type": "module" }`, "src/preview.ts": code });
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [script, root, "--json", join(root, "results.json")],
    { encoding: "utf8" },
  );
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const results: readonly Result[] = JSON.parse(readFileSync(join(root, "results.json"), "utf8"));
  expect(results).toMatchObject([
    { fix: "scope", injections: 2, before: 2, after: 0 },
    { fix: "root", injections: 1, before: 1, after: 0 },
    { fix: "replace", injections: 1, before: 1, after: 0 },
  ]);
  expect(results.map(({ faults }) => faults?.map(({ call, before }) => [call, ...before]))).toEqual([
    [
      ["render(page, folder)", "temporary folder"],
      ["rm(folder, { recursive: true })", "temporary folder"],
    ],
    [[`player.on("close", done)`, "child process"]],
    [["disk", "half-written settings.json"]],
  ]);
  expect(stdout).toContain("3 sites leak before; of 4 injections into them 4 leak before, 0 after.");
}, 240_000);
