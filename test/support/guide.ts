import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.js";
import { git, project, put } from "./project.js";

const top = join(import.meta.dirname, "../..");

/** What a guide does, in its order. */
export type Step =
  | { readonly is: "file"; readonly path: string; readonly text: string }
  | { readonly is: "result"; readonly path: string; readonly text: string }
  | {
      readonly is: "commands";
      readonly exit: number;
      readonly commands: readonly { readonly line: string; readonly shown: readonly string[] }[];
    };

const block = /(?:<!-- (file|result|exit) (\S+) -->\n\n)?```(\w+)\n([^]*?)```/g;

/**
 * The steps of a guide. A block below `<!-- file path -->` is a file of the project, one below `<!-- result path -->`
 * is what a file holds by then, and a `console` block is a list of commands with what they print.
 */
export function stepsIn(markdown: string): readonly Step[] {
  return [...markdown.matchAll(block)].flatMap(
    ([, word, value = "", language, text = ""]): readonly Step[] => {
      if (word === "file" || word === "result") return [{ is: word, path: value, text }];
      if (language !== "console") return [];
      return [{ is: "commands", exit: word === "exit" ? Number(value) : 0, commands: commandsIn(text) }];
    },
  );
}

/** Blocks that show code, a change or a command, and that nobody runs. */
export function unrun(markdown: string): readonly string[] {
  const shown = new Set(["console", "ts", "js", "diff", "sh", "yaml"]);
  return [...markdown.matchAll(block)].flatMap(([, word, , language = "", text = ""]) =>
    shown.has(language) && language !== "console" && word === undefined ? [text] : [],
  );
}

function commandsIn(text: string): Extract<Step, { readonly is: "commands" }>["commands"] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((one) => {
      const [line = "", ...shown] = one.split("\n");
      return { line, shown: shown.filter((row) => row.trim() !== "" && row.trim() !== "...") };
    });
}

/** Does the steps in a new repository; gives what differs from what the guide says. */
export function follow(steps: readonly Step[]): readonly string[] {
  const root = project();
  git(root, "init", "-q", "-b", "main");
  git(root, "config", "user.name", "Port Authority");
  git(root, "config", "user.email", "ports@example.com");
  return steps.flatMap((step) => {
    if (step.is === "file") put(root, { [step.path]: step.text });
    if (step.is === "result") return differenceOf(readFileSync(join(root, step.path), "utf8"), step);
    return step.is === "commands" ? run(root, step) : [];
  });
}

function differenceOf(
  now: string,
  { path, text }: { readonly path: string; readonly text: string },
): readonly string[] {
  return now === text ? [] : [`${path} holds:\n${now}`];
}

function run(
  root: string,
  { exit, commands }: Extract<Step, { readonly is: "commands" }>,
): readonly string[] {
  return commands.flatMap(({ line, shown }, index) => {
    const { code, output } = execute(root, line);
    const wanted = index === commands.length - 1 ? exit : 0;
    const lost = firstLost(output, shown);
    return [
      ...(code === wanted ? [] : [`$ ${line}\nexits with ${String(code)}:\n${output}`]),
      ...(lost === null ? [] : [`$ ${line}\ndoes not print "${lost}" there:\n${output}`]),
    ];
  });
}

/** The lines must be there in their order; others may be in between. */
function firstLost(output: string, shown: readonly string[]): string | null {
  const rows = output.split(/\r?\n/);
  let from = 0;
  for (const row of shown) {
    const at = rows.findIndex((one, index) => index >= from && one.trimEnd() === row.trimEnd());
    if (at < 0) return row;
    from = at + 1;
  }
  return null;
}

interface Done {
  readonly code: number | null;
  readonly output: string;
}

function execute(root: string, line: string): Done {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""));
  const [program, name = "", ...rest] = words;
  if (program === "npx" && name === "resource-codemod") {
    const { status, stdout, stderr } = command(root, ...rest);
    return { code: status, output: stdout + stderr };
  }
  const tool = program === "npx" ? tools[name] : undefined;
  if (tool !== undefined) return node(root, [join(top, tool), ...rest]);
  if (program === "node") return node(root, [name, ...rest]);
  if (program === "git") {
    const done = spawnSync(
      "git",
      [name, ...rest].flatMap((word) => filesOf(root, word)),
      { cwd: root, encoding: "utf8" },
    );
    return { code: done.status, output: done.stdout + done.stderr };
  }
  throw new Error(`A guide may not run: ${line}`);
}

/** A shell would replace a star by the files in that folder. */
function filesOf(root: string, word: string): readonly string[] {
  if (!word.endsWith("/*.patch")) return [word];
  const folder = word.slice(0, -"*.patch".length);
  const listed = spawnSync("ls", [join(root, folder)], { encoding: "utf8" })
    .stdout.trim()
    .split("\n");
  return listed.map((name) => folder + name);
}

/** Programs of this repository, over our own build. */
const tools: Readonly<Record<string, string>> = {
  jscodeshift: "node_modules/jscodeshift/bin/jscodeshift.js",
  eslint: "node_modules/eslint/bin/eslint.js",
};

/** What a guide takes for installed. */
const installed: Readonly<Record<string, string>> = {
  "resource-codemod": ".",
  "eslint-plugin-resource-context": "eslint-plugin",
  "typescript-eslint": "node_modules/typescript-eslint",
};

function node(root: string, words: readonly string[]): Done {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  for (const [name, folder] of Object.entries(installed)) {
    const link = join(root, "node_modules", name);
    if (!existsSync(link)) symlinkSync(join(top, folder), link);
  }
  const done = spawnSync(process.execPath, [...words], { cwd: root, encoding: "utf8" });
  return { code: done.status, output: done.stdout + done.stderr };
}
