import {
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  type Dirent,
} from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { atomicWriteFileSync, type ResourceContext } from "resource-context";
import { isWithin } from "../../folders.js";

/**
 * A copy of what a compiler reads, in a temporary folder: the project itself is never written to, so there is nothing
 * to put back, however the check ends. Packages are links; links between the packages of a workspace lead to their
 * copies, or a class would meet itself under two paths.
 */
export interface Overlay {
  readonly top: string;
  /** Absolute path in the project -> absolute path in the copy. */
  readonly of: (path: string) => string;
  readonly write: (path: string, text: string) => void;
}

const read = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;
const passedOver = new Set([".git", ".hg", ".svn", ".yarn"]);

export function makeOverlay(project: string, context: ResourceContext): Overlay {
  const top = realpathSync(context.tempDir({ prefix: "resource-codemod-" }));
  const of = (path: string): string => join(top, relative(project, path));
  copyFolder({ project, of }, project);
  addRuntime(top);
  return { top, of, write: (path, text) => atomicWriteFileSync(of(path), text) };
}

interface Copying {
  readonly project: string;
  readonly of: (path: string) => string;
}

function copyFolder(copying: Copying, folder: string): void {
  mkdirSync(copying.of(folder), { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (passedOver.has(entry.name)) continue;
    if (entry.name === "node_modules") linkPackages(copying, path);
    else if (entry.isDirectory()) copyFolder(copying, path);
    else if (entry.isSymbolicLink()) link(copying, path);
    else if (entry.isFile() && read.test(entry.name))
      copyFileSync(path, copying.of(path), constants.COPYFILE_FICLONE);
  }
}

function linkPackages(copying: Copying, folder: string): void {
  if (!existsSync(folder)) return;
  mkdirSync(copying.of(folder), { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (isScope(entry)) linkPackages(copying, path);
    else if (entry.name !== ".cache" && entry.name !== ".bin") link(copying, path);
  }
}

function isScope(entry: Dirent): boolean {
  return entry.isDirectory() && entry.name.startsWith("@");
}

function link({ project, of }: Copying, path: string): void {
  if (!existsSync(path)) return;
  const real = realpathSync(path);
  const isCopied = isWithin(real, project) && !relative(project, real).split(sep).includes("node_modules");
  symlinkSync(isCopied ? of(real) : real, of(path));
}

/** The rewritten code imports the runtime, which gets into the project only when the change is written. */
function addRuntime(top: string): void {
  const target = join(top, "node_modules", "resource-context");
  if (existsSync(target)) return;
  let folder = dirname(fileURLToPath(import.meta.resolve("resource-context")));
  while (!isRuntime(folder)) folder = dirname(folder);
  mkdirSync(target, { recursive: true });
  copyFileSync(join(folder, "package.json"), join(target, "package.json"));
  cpSync(join(folder, "dist"), join(target, "dist"), { recursive: true });
}

function isRuntime(folder: string): boolean {
  const path = join(folder, "package.json");
  return existsSync(path) && readFileSync(path, "utf8").includes('"name": "resource-context"');
}
