import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "../helpers.js";

const run = promisify(cp.execFile);
const guide = fs.readFileSync(path.join(runtimeFolder, "../docs/runtime/network.md"), "utf8");
const blocks = [...guide.matchAll(/^## (.*)\n[^#]*?```js\n([\s\S]*?)```/gm)].map(
  ([, title = "", code = ""]) => ({
    title,
    code,
  }),
);

beforeAll(ensureBuilt, 120_000);

describe("the guide", () => {
  it("has an example for each part", () => {
    expect(blocks.map(({ title }) => title)).toEqual([
      "A server of WebSockets",
      "An HTTP client",
      "All together",
      "Health",
    ]);
  });

  it.each(blocks)("has an example that prints what it says: $title", async ({ code }) => {
    const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", code], {
      cwd: runtimeFolder,
    });
    const expected = [...code.matchAll(/\/\/ -> (.*)/g)].map(([, line]) => line);
    expect(stdout.trim().split("\n")).toEqual(expected);
    expect(stderr).toBe("");
  });
});
