// Puts the sources of one commit of a git mirror into a folder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

/** What the analysis reads: sources, manifests, compiler settings, ignore rules. */
const isRead = (file) =>
  /\.[cm]?[jt]sx?$/.test(file) ||
  /(^|\/)(package\.json|[tj]sconfig[^/]*\.json|\.gitignore|\.babelrc(\.json)?|pnpm-workspace\.yaml)$/.test(
    file,
  );

/** The git directory of `owner/name` below `mirrors`, however the mirror was made; undefined without one. */
export function mirrorOf(mirrors, repository) {
  const names = [repository, repository.replace("/", "+"), repository.replace("/", "__")];
  return names
    .flatMap((name) => ["", ".git", "repo", "repo/.git"].map((inner) => path.join(mirrors, name, inner)))
    .find((folder) => existsSync(path.join(folder, "objects")));
}

/**
 * Writes the sources of `commit` below `folder` and returns null, or says why that cannot be done: a shallow
 * mirror lacks the commit, say.
 */
export function checkOut({ mirror, commit, folder }) {
  const index = `${folder}.index`;
  const git = (args, input = "") =>
    spawnSync("git", ["--git-dir", path.resolve(mirror), "--work-tree", folder, ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1e9,
      input,
      env: { ...process.env, GIT_INDEX_FILE: index },
    });
  mkdirSync(folder, { recursive: true });
  const listed = git(["ls-tree", "-r", "-z", "--name-only", commit]);
  if (listed.status !== 0) return `the mirror lacks commit ${commit}`;
  const files = listed.stdout.split("\0").filter(isRead);
  const read = git(["read-tree", commit]);
  const written = git(["checkout-index", "-f", "-z", "--stdin"], files.join("\0"));
  const failed = [read, written].find((step) => step.status !== 0);
  return failed === undefined ? null : failed.stderr.trim();
}
