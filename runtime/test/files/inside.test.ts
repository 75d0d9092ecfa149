import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { resolveInside, resolveInsideSync } from "../../src/files/index.js";
import { makePlace } from "./support.js";

/** A root with links of every sort in it, and a secret next to it. */
function makeRoot(): { readonly root: string; readonly secret: string } {
  const place = makePlace();
  const root = path.join(place, "root");
  fs.mkdirSync(path.join(root, "logs"), { recursive: true });
  fs.mkdirSync(path.join(place, "root-2"));
  fs.writeFileSync(path.join(root, "logs", "today"), "");
  const secret = path.join(place, "secret");
  fs.writeFileSync(secret, "");
  const links = {
    inward: "logs/today",
    absolute: path.join(root, "logs"),
    up: "..",
    outward: "../secret",
    dangling: "../not-there-yet",
    "dangling-inward": "logs/tomorrow",
    first: "second",
    second: "outward",
    loop: "loop",
  };
  for (const [name, target] of Object.entries(links)) fs.symlinkSync(target, path.join(root, name));
  return { root, secret };
}

const resolvers = [
  { name: "resolveInside", resolve: async (...call: [string, string]) => resolveInside(...call) },
  { name: "resolveInsideSync", resolve: async (...call: [string, string]) => resolveInsideSync(...call) },
] as const;

describe.each(resolvers)("$name", ({ resolve }) => {
  test.each([
    ["logs/today", "logs/today"],
    ["./logs//today", "logs/today"],
    ["logs/../logs/tomorrow", "logs/tomorrow"],
    ["..dots/...", "..dots/..."],
    ["not/there/yet", "not/there/yet"],
    ["not/../there", "there"],
    ["inward", "logs/today"],
    ["absolute/today", "logs/today"],
    ["absolute/../inward", "logs/today"],
    ["dangling-inward", "logs/tomorrow"],
    [".", ""],
    ["../root/logs", "logs"],
  ])("%s stays inside", async (target, real) => {
    const { root } = makeRoot();
    expect(await resolve(root, target)).toBe(path.join(root, real));
    expect(await resolve(root, `${root}/${target}`)).toBe(path.join(root, real));
  });

  test.each([
    "..",
    "../secret",
    "../root-2",
    "logs/../../secret",
    "/etc/passwd",
    "outward",
    "dangling",
    "dangling/deeper",
    "up/secret",
    "logs/../up/secret",
    "first",
    "absolute/../../secret",
    "not/../../secret",
  ])("%s is refused", async (target) => {
    const { root } = makeRoot();
    await expect(resolve(root, target)).rejects.toMatchObject({
      name: "PathOutsideRootError",
      code: "ERR_PATH_OUTSIDE_ROOT",
      path: target,
      root,
    });
  });

  test("a root that is a link itself is where it leads to", async () => {
    const { root } = makeRoot();
    const alias = `${root}-alias`;
    fs.symlinkSync(root, alias);
    expect(await resolve(alias, "logs/today")).toBe(path.join(root, "logs/today"));
    expect(await resolve(alias, path.join(root, "logs"))).toBe(path.join(root, "logs"));
  });

  test("links that go round in circles are an error", async () => {
    const { root } = makeRoot();
    await expect(resolve(root, "loop")).rejects.toMatchObject({ code: "ELOOP" });
  });

  test.each([["a\0b"], [""]])("%j is no path", async (target) => {
    const { root } = makeRoot();
    await expect(resolve(root, target)).rejects.toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
  });

  test("a root that is not there is the error of fs", async () => {
    await expect(resolve("/not/there", "x")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

test("URLs are taken for both", async () => {
  const { root } = makeRoot();
  const target = pathToFileURL(path.join(root, "logs", "today"));
  expect(await resolveInside(pathToFileURL(root), target)).toBe(path.join(root, "logs", "today"));
  expect(() => resolveInsideSync(root, new URL("https://example.com/"))).toThrow(
    expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }),
  );
});
