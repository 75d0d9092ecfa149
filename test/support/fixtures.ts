import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { leaveReasons } from "../../src/reasons.js";
import { transformIds } from "../../src/transform-ids.js";
import type { LeaveReason, Level, Options, TransformId } from "../../src/types.js";

const fixturesFolder = fileURLToPath(new URL("../../__testfixtures__/", import.meta.url));

/** One file of a fixture: its path in the project, and its text before and after. */
interface FixtureFile {
  readonly path: string;
  readonly input: string;
  readonly output: string;
}

/**
 * What the name of a fixture says about it:
 * `<case>` is rewritten at `safe`; `likely-<case>` and `unsafe-<case>` only at that level and above;
 * `leave-<reason>-<case>` is left at every level, each site with that reason; `ignore-<case>` has no site.
 */
type Expectation =
  | { readonly is: "rewritten"; readonly level: Level }
  | { readonly is: "left"; readonly reason: LeaveReason }
  | { readonly is: "ignored" };

/** Contents of `<case>.options.json`; everything has a default. */
interface Sidecar {
  readonly safety?: Level;
  readonly syntax?: Options["syntax"];
  readonly strict?: boolean;
  readonly contextName?: string;
  readonly emit?: Options["emit"];
  readonly transforms?: readonly TransformId[];
  /** `type` of the package.json around the file; "module" when absent. */
  readonly type?: "module" | "commonjs";
  /** A name that the rewrite leaves behind unused, because it may not touch its declaration. */
  readonly unused?: string;
  /** Path of the single file inside its project; `<case>.<ext>` when absent. */
  readonly path?: string;
}

export interface Fixture {
  readonly transform: TransformId;
  readonly name: string;
  readonly expectation: Expectation;
  readonly settings: Sidecar;
  readonly files: readonly FixtureFile[];
}

/** Every fixture of every transform, ordered by name. */
export function readFixtures(): readonly Fixture[] {
  return transformIds.flatMap((transform) => {
    const folder = join(fixturesFolder, transform);
    if (!existsSync(folder)) return [];
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = new Set(entries.map((one) => (one.isDirectory() ? one.name : caseOf(one.name))));
    return [...names].sort().map((name) => readFixture(transform, name));
  });
}

export function mustNotChange({ expectation }: Fixture): boolean {
  return expectation.is !== "rewritten";
}

function caseOf(file: string): string {
  const name = /^(.+)\.(?:(?:input|output)\.(?:[cm]?[jt]sx?|vue|svelte)|options\.json)$/.exec(file)?.[1];
  if (name === undefined)
    throw new Error(`${file} is neither <case>.input, <case>.output nor <case>.options.json`);
  return name;
}

function readFixture(transform: TransformId, name: string): Fixture {
  const base = join(fixturesFolder, transform, name);
  const expectation = expectationOf(name);
  const isFolder = existsSync(join(base, "input"));
  const settings = readSidecar(isFolder ? join(base, "options.json") : `${base}.options.json`);
  const files = isFolder ? readFolder(base) : [readSingle(join(fixturesFolder, transform), name, settings)];
  const changes = files.some((file) => file.input !== file.output);
  if (changes !== (expectation.is === "rewritten"))
    throw new Error(
      `${transform}/${name}: ${changes ? "must not have another output" : "has no output of its own"}`,
    );
  return { transform, name, expectation, settings, files };
}

function expectationOf(name: string): Expectation {
  if (name.startsWith("ignore-")) return { is: "ignored" };
  if (name.startsWith("likely-")) return { is: "rewritten", level: "likely" };
  if (name.startsWith("unsafe-")) return { is: "rewritten", level: "unsafe" };
  if (!name.startsWith("leave-")) return { is: "rewritten", level: "safe" };
  const said = name.slice("leave-".length);
  const reason = reasons.find((one) => said.startsWith(`${one}-`));
  if (reason === undefined) throw new Error(`${name} names no known reason. Known: ${reasons.join(", ")}.`);
  return { is: "left", reason };
}

function isReason(key: string): key is LeaveReason {
  return key in leaveReasons;
}

/** What a check of the whole project finds out is not in the code of a fixture: test/apply/verify.test.ts has it. */
export const reasonsOfChecks: readonly LeaveReason[] = ["failed-verification"];

export const reasons: readonly LeaveReason[] = Object.keys(leaveReasons)
  .filter(isReason)
  .filter((reason) => !reasonsOfChecks.includes(reason));

function readSidecar(file: string): Sidecar {
  if (!existsSync(file)) return {};
  const settings: Sidecar = JSON.parse(readFileSync(file, "utf8"));
  return settings;
}

function readSingle(folder: string, name: string, { path }: Sidecar): FixtureFile {
  const find = (role: string): string | undefined =>
    readdirSync(folder).find((file) => file.startsWith(`${name}.${role}.`));
  const input = find("input");
  if (input === undefined) throw new Error(`${join(basename(folder), name)} has no input`);
  const output = find("output") ?? input;
  if (extname(output) !== extname(input)) throw new Error(`${name}: input and output differ in extension`);
  return {
    path: path ?? `${name}${extname(input)}`,
    input: readFileSync(join(folder, input), "utf8"),
    output: readFileSync(join(folder, output), "utf8"),
  };
}

/** `input/` holds a small project, `output/` only those of its files that change. */
function readFolder(base: string): readonly FixtureFile[] {
  return readdirSync(join(base, "input"), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(join(base, "input"), join(one.parentPath, one.name)))
    .sort()
    .map((path) => {
      const input = readFileSync(join(base, "input", path), "utf8");
      const changed = join(base, "output", path);
      const output = existsSync(changed) ? readFileSync(changed, "utf8") : input;
      return { path: path.split(sep).join("/"), input, output };
    });
}
