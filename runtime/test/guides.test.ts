import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { ensureBuilt, runtimeFolder } from "./helpers.js";

const run = promisify(cp.execFile);
const folder = path.join(runtimeFolder, "../docs/runtime");

/** Each example that says what it prints, under the heading that it stands below. */
const examples = (guide: string): readonly { readonly title: string; readonly code: string }[] =>
  guide.split(/^#+ /m).flatMap((section) => {
    const title = section.slice(0, section.indexOf("\n"));
    const all = [...section.matchAll(/^```js\n([\s\S]*?)```/gm)].map(([, code = ""]) => ({ title, code }));
    return all.filter(({ code }) => code.includes("// -> "));
  });

beforeAll(ensureBuilt, 120_000);

it("every entry point has a guide", () => {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(runtimeFolder, "package.json"), "utf8"));
  const entries = Object.keys(Object(Reflect.get(Object(manifest), "exports"))).filter(
    (entry) => entry !== "./package.json",
  );
  const guides = entries.map((entry) => `${entry === "." ? "core" : entry.slice(2)}.md`);
  expect(fs.readdirSync(folder)).toEqual(expect.arrayContaining(guides));
});

// The guide of the network has a test of its own.
const guides = fs
  .readdirSync(folder)
  .filter((file) => file !== "network.md")
  .map((file) => ({ file, found: examples(fs.readFileSync(path.join(folder, file), "utf8")) }))
  .filter(({ found }) => found.length > 0);

describe.each(guides)("the guide $file", ({ found }) => {
  it.each(found)("has an example that prints what it says: $title", async ({ code }) => {
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], {
      cwd: runtimeFolder,
    });
    const expected = [...code.matchAll(/\/\/ -> (.*)/g)].map(([, line]) => line);
    expect(stdout.trim().split("\n")).toEqual(expected);
  });
});
