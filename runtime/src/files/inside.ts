import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../atomic-write/errors.js";
import { expectPath } from "./arguments.js";
import { PathOutsideRootError } from "./errors.js";

/** Linux follows 40 links before it says ELOOP. */
const MOST_LINKS = 40;

/**
 * The real path of `target`, which may be relative to `root` and need not exist, or a {@link PathOutsideRootError} when
 * it leads out of `root`: by `..`, as an absolute path, or through a symbolic link anywhere on the way, also one that
 * dangles. Links are followed as the kernel follows them, so that `link/../x` is what it is to `fs.open`.
 *
 * Use the answer instead of `target`: there is no link left in it. A process that can rename folders inside `root`
 * could still put a link in place afterwards.
 */
export async function resolveInside(root: string | URL, target: string | URL): Promise<string> {
  const asked = { root: expectPath("root", root), target: expectPath("target", target) };
  const realRoot = await fs.promises.realpath(asked.root);
  const walk = follow(realRoot, asked.target);
  let step = walk.next();
  while (step.done !== true) step = walk.next(await linkAt(step.value));
  return inside(realRoot, step.value, asked);
}

/** {@link resolveInside} without waiting. */
export function resolveInsideSync(root: string | URL, target: string | URL): string {
  const asked = { root: expectPath("root", root), target: expectPath("target", target) };
  const realRoot = fs.realpathSync(asked.root);
  const walk = follow(realRoot, asked.target);
  let step = walk.next();
  while (step.done !== true) step = walk.next(linkAtSync(step.value));
  return inside(realRoot, step.value, asked);
}

/**
 * The same for the name itself, which may be a link: where it is, and not what it leads to. For what removes or renames.
 */
export async function resolveEntryInside(root: string, target: string): Promise<string> {
  const name = path.basename(target);
  if (name === "" || name === "." || name === "..") return resolveInside(root, target);
  try {
    return path.join(await resolveInside(root, path.dirname(target)), name);
  } catch (error) {
    throw error instanceof PathOutsideRootError ? new PathOutsideRootError(target, root) : error;
  }
}

interface Asked {
  readonly root: string;
  readonly target: string;
}

/** Yields each place on the way, takes what its link says if it is one, and gives back where the way ends. */
function* follow(root: string, target: string): Generator<string, string, string | undefined> {
  let place = path.isAbsolute(target) ? path.parse(target).root : root;
  const left = partsOf(target);
  for (let links = 0; left.length > 0;) {
    const next = path.join(place, left.shift() ?? "");
    const link = yield next;
    if (link === undefined) place = next;
    else if ((links += 1) > MOST_LINKS) throw tooManyLinks(target);
    else {
      if (path.isAbsolute(link)) place = path.parse(link).root;
      left.unshift(...partsOf(link));
    }
  }
  return place;
}

/** `..` stays: it means the folder above what the links before it lead to. */
function partsOf(target: string): string[] {
  const { root } = path.parse(target);
  const separators = process.platform === "win32" ? /[\\/]+/ : /\/+/;
  return target
    .slice(root.length)
    .split(separators)
    .filter((part) => part !== "" && part !== ".");
}

function inside(root: string, place: string, asked: Asked): string {
  const way = path.relative(root, place);
  const isOutside = way === ".." || way.startsWith(`..${path.sep}`) || path.isAbsolute(way);
  if (isOutside) throw new PathOutsideRootError(asked.target, asked.root);
  return place;
}

async function linkAt(place: string): Promise<string | undefined> {
  try {
    return await fs.promises.readlink(place);
  } catch (error) {
    return noLink(error);
  }
}

function linkAtSync(place: string): string | undefined {
  try {
    return fs.readlinkSync(place);
  } catch (error) {
    return noLink(error);
  }
}

/** Something else than a link, or nothing there yet. Windows says UNKNOWN for a file that is no link. */
function noLink(error: unknown): undefined {
  if (["EINVAL", "ENOENT", "ENOTDIR", "UNKNOWN"].includes(codeOf(error) ?? "")) return undefined;
  throw error;
}

function tooManyLinks(target: string): Error {
  const error = new Error(`ELOOP: too many symbolic links encountered, '${target}'`);
  return Object.assign(error, { code: "ELOOP", path: target });
}
