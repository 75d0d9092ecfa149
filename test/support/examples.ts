import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Decider, noNeighbours } from "../../src/decide.js";
import { planFile } from "../../src/plan/index.js";
import { unified } from "../../src/reporters/patch.js";
import { rewrite } from "../../src/rewrite/rewrite.js";
import type { Finding } from "../../src/types.js";
import { optionsFor } from "./project.js";

const folder = join(import.meta.dirname, "../../docs/examples");

/** A small file of docs/examples/, and what the engine says about it. */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** What a run at every level would change; empty when it changes nothing. */
  readonly patch: string;
}

/** `no-scope`, `no-scope.mended`, `verdict-local`: every name in docs/examples/. */
export function exampleNames(): readonly string[] {
  return readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ""))
    .sort();
}

/** Undefined when there is no such file. */
export function readExample(name: string): Example | undefined {
  const file = `${name}.ts`;
  if (!existsSync(join(folder, file))) return undefined;
  const text = readFileSync(join(folder, file), "utf8");
  const options = optionsFor("/example", { syntax: "using", safety: "unsafe", format: "none" });
  const decider = new Decider(options, noNeighbours);
  const decision = decider.decideSource({ path: file, text });
  if (!decision.ok) throw new Error(`docs/examples/${file}: ${decision.error}`);
  const { findings } = decision.decided;
  const after = rewrite(planFile(decision.decided, options), text).text;
  const patch = after === text ? "" : unified({ file, before: text, after });
  return { name, text, findings, patch };
}
