import type { Skipped } from "../types.js";

const known = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
// `.mtsx` and the like do not exist.
const unknown = /\.[cm][jt]sx$/;

/** A file that this tool can read, by its name. */
export function isSource(file: string): boolean {
  return known.test(file) && !unknown.test(file);
}

const testFolder =
  /(?:^|\/)(?:__(?:tests?|mocks|fixtures|testfixtures|e2e)__|tests?|e2e|\.?fixtures?|tests?-(?:d|tap|utils?|helpers?|support)|[\w.-]+-(?:tests|e2e))\//;
const testFile = /(?:\.(?:test|spec|e2e|bench|stories)(?:-d)?|_(?:test|spec))\.[^/]+$/;
// Setup files run inside the test runner, wherever they are.
const testSetup = /(?:^|\/)(?:(?:vitest|jest|mocha|tests?)[.-]setup|setup[.-]?tests?)[^/]*$/i;

/** A file that only runs in a test runner. */
export function isTest(file: string): boolean {
  return testFolder.test(file) || testFile.test(file) || testSetup.test(file);
}

// Below `src/`, a folder called dist is somebody's code about distribution.
const output = /^(?:(?!src\/)[^/]+\/)*?(?:dist|\.next|\.nuxt|\.output|\.svelte-kit|\.turbo)\//;
const dependency = /^(?:[^/]+\/)*?(?:node_modules|bower_components|jspm_packages|\.yarn)\//;
const pnp = /(?:^|\/)\.pnp\.(?:c?js|loader\.mjs)$/;

/** Why a path is never looked at, decided by its name alone; the entry of a folder stands for all it holds. */
export function passedOver(file: string): Skipped | null {
  const folder = folderPassedOver(file);
  if (folder) return folder;
  if (pnp.test(file)) return { path: file, reason: "generated" };
  return /\.d\.(?:[^/.]+\.)?[cm]?ts$/.test(file) ? { path: file, reason: "declaration" } : null;
}

/** The outermost folder on the way to a path that is never entered; a path of a folder ends with `/`. */
export function folderPassedOver(path: string): Skipped | null {
  const foreign = dependency.exec(path)?.[0];
  if (foreign !== undefined) return { path: foreign.slice(0, -1), reason: "dependency" };
  const built = output.exec(path)?.[0];
  return built === undefined ? null : { path: built.slice(0, -1), reason: "generated" };
}
