import * as cp from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ensureBuilt } from "../helpers.js";
import { nodeBinary } from "../other-nodes.mjs";
import { differences } from "./differences.js";

interface Clause {
  readonly name: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const program = fileURLToPath(new URL("programs/run-clauses.mjs", import.meta.url));

/** Runs all clauses against one pair of classes. The warnings of failed releases are not the subject here. */
function clausesOf(subject: string, node: string): readonly Clause[] {
  const output = cp.execFileSync(node, ["--no-warnings", program, subject], { encoding: "utf8" });
  return JSON.parse(output);
}

function newer(version: string): string {
  const binary = nodeBinary(version);
  if (binary === undefined) throw new Error(`Node ${version} could not be installed from npm.`);
  return binary;
}

await ensureBuilt();
const [node24, node26] = [newer("24"), newer("26")];
const ownNode = `Node ${process.versions.node.split(".")[0]}`;
const references = [
  ["the native classes of Node 24", clausesOf("native", node24)],
  ["the native classes of Node 26", clausesOf("native", node26)],
  ...(process.versions.node.startsWith("20.")
    ? [[`core-js on ${ownNode}`, clausesOf("core-js", process.execPath)] as const]
    : []),
] as const;
const subjects = [
  [`ResourceContext on ${ownNode}`, clausesOf("ours", process.execPath)],
  ["ResourceContext on Node 24", clausesOf("ours", node24)],
  ["ResourceContext on Node 26", clausesOf("ours", node26)],
] as const;

describe.each(references)("the clauses say what the specification says: %s", (_, clauses) => {
  it.each(clauses)("$name", ({ actual, expected }) => {
    expect(actual).toEqual(expected);
  });
});

describe.each(subjects)("%s does the same, or differs as listed", (_, clauses) => {
  it.each(clauses)("$name", ({ name, actual, expected }) => {
    const listed = differences.find(({ clause }) => clause === name);
    if (listed === undefined) expect(actual).toEqual(expected);
    else {
      expect(actual, listed.why).toEqual(listed.ours);
      expect(actual, "no longer a difference: take it off the list").not.toEqual(expected);
    }
  });
});

describe("the list of differences", () => {
  it("names existing clauses, each once", () => {
    const names = references[0][1].map(({ name }) => name);
    const listed = differences.map(({ clause }) => clause);
    expect(listed.filter((clause) => !names.includes(clause))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });
});
