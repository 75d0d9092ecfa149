/**
 * Writes docs/transforms/<id>.md from the transforms, the kinds and the fixtures. `--check` compares instead of
 * writing.
 */
import { readFileSync } from "node:fs";
import { format } from "prettier";
import { kinds } from "../src/catalogue/kinds.js";
import { leaveReasons } from "../src/reasons.js";
import { servingTransforms, transformIds } from "../src/transform-ids.js";
import type { TransformId } from "../src/types.js";
import { type Fixture, readFixtures } from "../test/support/fixtures.js";
import { writePages } from "./pages.js";

const folder = "docs/transforms";
const fixtures = readFixtures().filter(({ files }) => files.length === 1);

/** What a reader would expect of a transform, and it does not do; docs/limits.md has what holds for all. */
const unseen: Readonly<Record<TransformId, readonly string[]>> = {
  spawn: [
    "A `spawn` that arrives as a value (an argument, `deps.spawn`) is no site.",
    "Options that come from elsewhere may say `detached`: where the file mentions `detached` at all, such a site is `likely`.",
  ],
  "file-writes": [
    "A program that watches the file by inode: after an atomic write the name leads to a new inode. Where the same file also watches files, the rewrite is `likely`.",
    "Methods of `fs` that arrive as values, as in `deps.fs.writeFile(..)`, are no sites.",
  ],
  streams: [
    "A pipe becomes a `pipeline`, or gets a scope, only where an async function waits until the last of its streams is through.",
    "Other parts of a pipe than file streams (a response, a transform) stay as they are.",
  ],
  handles: [
    "A handle that only a callback gets (`fs.open(path, (error, descriptor) => ..)`) is a site, and left.",
    "A lock that is released by its path (`unlock(file)`) is left.",
  ],
  "temp-files": [
    "What an unknown function makes of the path of a temporary folder: its result is taken to need the folder, so the folder goes to the root context.",
  ],
  servers: ["What a package does with a server that it gets: such a server is left."],
  sockets: ["What a package does with a socket that it gets: such a socket is left."],
  timers: ["Timeouts that fire within two seconds are left: they end by themselves."],
  listeners: [
    "A site is where the function that adds a listener also takes it back. One that a class takes back in another method, or that nobody takes back, is no site.",
  ],
  watchers: ["A watcher that arrives as an argument is its caller's, and no site."],
  workers: ["A worker that arrives as an argument is its caller's, and no site."],
  bundlers: ["What a plug-in acquires while the bundler runs it."],
  clients: [
    "Pages and contexts of a browser, sessions of a database, and whatever else goes when its owner goes, are no sites; what a pool lends is one.",
    "Requests inside an object that a function gets are left, but for `http.get({ agent })`.",
  ],
  "async-functions": [
    "A generator whose consumer calls `next()` by hand and walks away leaves what it holds until the program ends.",
  ],
  "class-cleanup": [
    "What a method acquires on demand is the class's own affair, unless its name says that it begins something (`start`, `listen`, `open`, `connect`).",
    "A new disposer is called by nobody until you do.",
  ],
  imports: [
    "Where TypeScript does not read a file with `@flow` on top, no import of it is removed. Markup that mentions a name keeps its import.",
  ],
};

/** Every page by its path. */
export async function transformPages(): Promise<ReadonlyMap<string, string>> {
  const pages = transformIds.map(async (id) => [`${folder}/${id}.md`, await pretty(pageOf(id))] as const);
  return new Map(await Promise.all(pages));
}

const pretty = (text: string): Promise<string> =>
  format(text, { parser: "markdown", printWidth: 110, embeddedLanguageFormatting: "off" });

function pageOf(id: TransformId): string {
  const own = fixtures.filter((one) => one.transform === id && Object.keys(one.settings).length === 0);
  return [
    `# ${id}\n`,
    `${purposeOf(id)}\n`,
    `${choiceOf(id)}\n`,
    ...changedIn(own),
    ...leftIn(own),
    "## What it does not see\n",
    ...unseen[id].map((one) => `- ${one}`),
    "- What holds for all transforms: [limits](../limits.md).\n",
  ].join("\n");
}

/** The first comment of the module says what it does. */
function purposeOf(id: TransformId): string {
  const file = `transforms/${id}.ts`;
  const [, text] = /\/\*\*([^]*?)\*\//.exec(readFileSync(file, "utf8")) ?? [];
  if (text === undefined)
    throw new Error(`${file} has no comment on its transform. Expected /** What it does. */`);
  return text.replace(/\n \* ?/g, " ").trim();
}

function choiceOf(id: TransformId): string {
  if (servingTransforms.includes(id)) return "It serves the other transforms.";
  const own = Object.entries(kinds).filter(([, { transform }]) => transform === id);
  const links = own.map(([kind]) => `[${kind}](../resources/${kind}.md)`);
  return `Alone: \`--transform ${id}\`; without it: \`--skip-transform ${id}\`. Kinds of resources: ${links.join(", ")}.`;
}

function changedIn(own: readonly Fixture[]): readonly string[] {
  const [example] = shortest(own.filter(({ expectation }) => expectation.is === "rewritten"));
  const [file] = example?.files ?? [];
  if (example?.expectation.is !== "rewritten" || file === undefined) return [];
  const title = `## What it changes\n\nAt \`--safety ${example.expectation.level}\`. Before:\n`;
  return [title, fenced(file.input), "After:\n", fenced(file.output)];
}

function leftIn(own: readonly Fixture[]): readonly string[] {
  const left = shortest(own.filter(({ expectation }) => expectation.is === "left"));
  const [example] = left;
  if (example?.expectation.is !== "left") return [];
  const reasons = new Set(
    left.flatMap(({ expectation }) => (expectation.is === "left" ? [expectation.reason] : [])),
  );
  return [
    "## What it leaves\n",
    ...[...reasons].sort().map((one) => `- [${one}](../reasons.md#${one}): ${leaveReasons[one]}`),
    `\nLeft, \`${example.expectation.reason}\`:\n`,
    fenced(textOf(example)),
  ];
}

/** Odd files (a byte order mark, all on one line) are for tests, not for readers: they come last. */
const shortest = (own: readonly Fixture[]): readonly Fixture[] =>
  own.toSorted((a, b) => Number(isOdd(a)) - Number(isOdd(b)) || textOf(a).length - textOf(b).length);

const isOdd = (one: Fixture): boolean =>
  !/^(?:import|export|const) /.test(textOf(one)) ||
  textOf(one).split("\n").length < 7 ||
  one.files[0]?.path.endsWith(".ts") !== true;

const textOf = ({ files }: Fixture): string => files[0]?.input ?? "";

const fenced = (code: string): string => `\`\`\`ts\n${code.trimEnd()}\n\`\`\`\n`;

if (process.argv[1]?.endsWith("transform-pages.ts") === true)
  writePages(await transformPages(), "transform-pages.ts");
