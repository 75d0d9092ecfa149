import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { codeOf } from "../src/components.js";
import { discover } from "../src/discover/index.js";
import { run } from "../src/run.js";
import { optionsFor, project, repository } from "./support/project.js";

/** The code, without the white space that stands for all else. */
const code = (path: string, text: string): string => codeOf(path, text).text.trim();

describe("the code of a component", () => {
  it.each([
    ["a comment is none", `<!-- <script>old()</script> -->\n<script>now()</script>`],
    [
      "a script of the markup is none",
      `<template><div><script>page()</script></div></template><script>now()</script>`,
    ],
    ["text in a template is none", `<template>{{ "<script>" }}</template><script>now()</script>`],
    [
      "a template of another language is text",
      `<template lang="pug">\nscript(a="<script>")\n</template>\n<script>now()</script>`,
    ],
    [
      "a template within a template is counted",
      `<template><template #a><p></template></template><script>now()</script>`,
    ],
    ["a block of one's own is text", `<docs>\nUse <script>this</script>\n</docs>\n<script>now()</script>`],
    [
      "an attribute may hold a bracket",
      `<template><a :b="c > d && e < f">x</a></template><script a=">" setup>now()</script>`,
    ],
    ["a closing tag in capitals", `<SCRIPT>x</SCRIPT><script>now()</script >`],
    [
      "code that stands in another file is there",
      `<script src="./a.ts">ignored()</script><script setup>now()</script>`,
    ],
    ["data is no code", `<script type="application/json">{}</script><script>now()</script>`],
    ["another language is not read", `<script lang="coffee">a -> b</script><script setup>now()</script>`],
  ])("%s", (_, text) => expect(code("App.vue", text)).toBe("now()"));

  it.each([
    ["head", `<svelte:head><script>page()</script></svelte:head>\n<script>now()</script>`],
    ["attributes in braces", `<a b={c > "}" ? 1 : 2} {...d} on:x={() => {}}>x</a>\n<script>now()</script>`],
    ["elements that nobody closes", `<img src="a"><br>\n<script>now()</script>`],
  ])("in Svelte: %s", (_, text) => expect(code("App.svelte", text)).toBe("now()"));

  it("keeps every character in its place", () => {
    const text = `<template>\r\n\u2028</template>\r\n<script setup lang="ts">\r\nconst a = 1\r\n</script>\r\n`;
    const found = codeOf("App.vue", text);
    expect(found.name).toBe("App.vue.ts");
    expect(found.text.length).toBe(text.length);
    expect(found.text.indexOf("const a")).toBe(text.indexOf("const a"));
    expect(found.start).toBe(text.indexOf("const a"));
    expect(found.text.split(/\r?\n/).length).toBe(text.split(/\r?\n/).length);
  });

  it("is the whole of any other file", () => {
    expect(codeOf("a.ts", "<script>")).toEqual({ name: "a.ts", text: "<script>", start: 0, around: "" });
  });
});

const head = `<template>\r\n\t<p>{{ "\\u0041" }} <b >x</b></p>\r\n</template>\r\n\r\n`;
const foot = `<style scoped>\r\np{color:red}\r\n</style>`;
const script = (body: string): string => `<script setup lang='ts'>\r\n${body}</script>\r\n${foot}`;
const before =
  head +
  script(
    `import { writeFileSync } from 'fs'\r\n\r\nfunction save(path: string) {\r\n  writeFileSync(path, '{}')\r\n}\r\n`,
  );

test("lines and columns are those of the file, and bytes around the script stay", async () => {
  const root = repository({ "package.json": `{ "name": "app" }`, "src/App.vue": before });
  const report = await run(optionsFor(root, { mode: "write", install: false }));
  const [file] = report.files;
  expect(file?.findings[0]?.acquisition).toMatchObject({ line: 9, column: 3 });
  const after = readFileSync(join(root, "src/App.vue"), "utf8");
  expect(after).toBe(
    before
      .replace("import { writeFileSync } from 'fs'", "import { atomicWriteFileSync } from 'resource-context'")
      .replace("  writeFileSync(", "  atomicWriteFileSync("),
  );
});

test("a suppression in a script is read, and mocks reach through components", async () => {
  const root = project({
    "package.json": `{ "name": "app" }`,
    "src/App.vue": `<script>\nimport { writeFileSync } from "node:fs";\nimport { save } from "./save.js";\n// resource-codemod-ignore-next-line file-writes: a scratch file\nwriteFileSync("a", save());\n</script>\n`,
    "src/save.ts": `import { writeFileSync } from "node:fs";\nexport const save = () => writeFileSync("b", "2");\n`,
    "test/app.test.ts": `import App from "../src/App.vue";\nvi.mock("node:fs");\n`,
  });
  const { files } = await run(optionsFor(root));
  expect(
    files.flatMap((one) => one.findings.map(({ level, standing }) => [one.file, level, standing.is])),
  ).toEqual([
    ["src/App.vue", "likely", "suppressed"],
    ["src/save.ts", "likely", "new"],
  ]);
});

test("components are found, and a syntax error in one is told with its line", async () => {
  const root = project({
    "App.vue": `<p/>\n<script>\nimport { writeFileSync } from "fs";\nwriteFileSync(;\n</script>`,
  });
  expect((await discover(optionsFor(root))).candidates).toEqual(["App.vue"]);
  const { files, exitCode } = await run(optionsFor(root));
  expect(files).toMatchObject([{ status: "failed", stage: "parse" }]);
  expect(files[0]?.status === "failed" && files[0].error).toMatch(/^4:15 /);
  expect(exitCode).toBe(2);
});

test("git takes the patch of a component", async () => {
  const root = repository({ "package.json": `{ "name": "app" }`, "App.vue": before });
  const { patchOf } = await import("../src/check/patch.js");
  const { files } = await run(optionsFor(root));
  const [file] = files;
  if (file?.status !== "changed") throw new Error("not changed");
  const patch = patchOf(file.file, file.before, file.after);
  expect(spawnSync("git", ["apply", "--check"], { cwd: root, input: patch }).status).toBe(0);
});
