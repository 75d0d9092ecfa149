import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { ambient } from "./ambient.js";
import type { Fixture } from "./fixtures.js";
import { writePackage } from "./pipeline.js";
import { put } from "./project.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.esnext.collection.d.ts"],
  types: ["node"],
  jsx: ts.JsxEmit.Preserve,
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  noUnusedLocals: true,
};

/** Whether the runtime is built: its types are what the outputs are checked against. */
export function isRuntimeBuilt(): boolean {
  return existsSync(join(repository, "runtime/dist"));
}

/**
 * Compiles all inputs, or all outputs, in one program against the real runtime; answers with what the
 * compiler says. Line numbers are left out, so that inputs and outputs can be compared.
 */
export function typeErrors(
  root: string,
  fixtures: readonly Fixture[],
  role: "input" | "output",
): readonly string[] {
  const roots = writeTexts(root, fixtures, role);
  const options = { ...compilerOptions, typeRoots: [join(root, "node_modules/@types")] };
  const program = ts.createProgram(roots, options, cachingHost(options));
  return ts.getPreEmitDiagnostics(program).map((one) => describeDiagnostic(one, root));
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** The library and Node's own types are the same for inputs and outputs: they are parsed once. */
function cachingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, language) => {
    if (!name.startsWith(repository)) return host.getSourceFile(name, language);
    if (!parsed.has(name)) parsed.set(name, host.getSourceFile(name, language));
    return parsed.get(name);
  };
  return { ...host, getSourceFile };
}

function writeTexts(root: string, fixtures: readonly Fixture[], role: "input" | "output"): readonly string[] {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  symlinkSync(join(repository, "runtime"), join(root, "node_modules/resource-context"));
  symlinkSync(join(repository, "node_modules/@types"), join(root, "node_modules/@types"));
  put(root, { "ambient.d.ts": [ambient, ...scaffolded()].join("\n") });
  const files = fixtures.flatMap(({ transform, name, settings, files }) => {
    const folder = join(root, transform, name);
    const texts = Object.fromEntries(files.map((file) => [file.path, file[role]]));
    writePackage(folder, texts, { type: settings.type ?? "module" });
    return files.map((file) => join(folder, file.path)).filter((file) => /\.[cm]?[jt]sx?$/.test(file));
  });
  return [join(root, "ambient.d.ts"), ...files];
}

/** Types that `npm run new-resource` has written for its fixtures. */
function scaffolded(): readonly string[] {
  const folder = join(repository, "__testfixtures__/ambient");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
}

function describeDiagnostic({ file, start, messageText }: ts.Diagnostic, root: string): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined || start === undefined) return text;
  return `${file.fileName.slice(root.length + 1)}: ${text}`;
}
