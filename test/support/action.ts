import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { project } from "./project.js";

const top = join(import.meta.dirname, "../..");

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  readonly "working-directory": string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** The contexts of expressions: objects of texts and objects. */
interface Context {
  readonly [name: string]: string | Context;
}

export interface Call {
  /** The checkout. */
  readonly root: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly github?: Context;
  /** Beside what the runner sets. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly ok: boolean;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

const action: Action = parse(readFileSync(join(top, "action.yml"), "utf8")) as Action;

/** Runs the steps of our action as a runner does: conditions, expressions, environment files, and bash. */
export async function runAction({ root, inputs = {}, github = {}, env = {} }: Call): Promise<Ran> {
  const unknown = Object.keys(inputs).find((name) => !(name in action.inputs));
  if (unknown !== undefined) throw new Error(`The action has no input "${unknown}".`);
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default] as const);
  const given = { ...Object.fromEntries(defaults), ...inputs };
  const temp = project();
  const context: Record<string, string | Context> = {
    inputs: given,
    github: { action_path: top, base_ref: "", event: { merge_group: {} }, ...github },
  };
  const steps: Record<string, Context> = {};
  const done = { ok: true, log: "", summary: "" };
  for (const [index, step] of action.runs.steps.entries()) {
    if (step.if !== undefined && evaluate(step.if, context).coerceString() !== "true") continue;
    const files = { folder: join(temp, String(index)), env, root };
    const ran = await runStep(step, { ...context, steps }, files);
    done.log += ran.log;
    done.summary += ran.summary;
    if (step.id !== undefined) steps[step.id] = { outputs: ran.outputs };
    if (!ran.ok) {
      done.ok = false;
      break;
    }
  }
  const outputs = Object.entries(action.outputs).map(
    ([name, { value }]) => [name, expanded(value, { ...context, steps })] as const,
  );
  return { ...done, outputs: Object.fromEntries(outputs) };
}

interface Place {
  readonly folder: string;
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
}

async function runStep(step: Step, context: Context, { folder, root, env }: Place): Promise<Ran> {
  if (step.shell !== "bash") throw new Error(`The shell of a step is ${step.shell}, expected bash.`);
  if (step.run.includes("${{")) throw new Error("An expression inside a script lets others write it.");
  mkdirSync(folder);
  const at = (name: string): string => join(folder, name);
  for (const name of ["output", "summary"]) writeFileSync(at(name), "");
  writeFileSync(at("script.sh"), step.run);
  const own = Object.entries(step.env).map(([name, value]) => [name, expanded(value, context)] as const);
  const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", at("script.sh")], {
    cwd: join(root, expanded(step["working-directory"], context)),
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      GITHUB_OUTPUT: at("output"),
      GITHUB_STEP_SUMMARY: at("summary"),
      RUNNER_TEMP: folder,
      ...env,
      ...Object.fromEntries(own),
    },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => void (log += chunk.toString("utf8")));
  await once(child, "close");
  return {
    ok: child.exitCode === 0,
    log,
    outputs: outputsIn(readFileSync(at("output"), "utf8")),
    summary: readFileSync(at("summary"), "utf8"),
  };
}

function outputsIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

function expanded(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) =>
    evaluate(expression, context).coerceString(),
  );
}

/** By GitHub's own implementation of the language. */
function evaluate(expression: string, context: Context): data.ExpressionData {
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(context), []).parse();
  return new Evaluator(tree, dictionaryOf(context)).evaluate();
}

function dictionaryOf(context: Context): data.Dictionary {
  return new data.Dictionary(
    ...Object.entries(context).map(([key, value]) => ({
      key,
      value: typeof value === "string" ? new data.StringData(value) : dictionaryOf(value),
    })),
  );
}
