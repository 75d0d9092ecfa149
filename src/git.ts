import { execFile } from "node:child_process";
import { toError } from "./errors.js";
import { ResourceContext } from "resource-context";

/** What git answered; `failed` when it is not installed or refuses (not a repository, an owner it does not trust). */
export type GitAnswer =
  | { readonly status: "done"; readonly stdout: Buffer }
  | { readonly status: "failed"; readonly error: string };

/** Runs git in a folder. Only read-only commands, and never a hook: `core.fsmonitor` may name any program. */
export function git(folder: string, args: readonly string[]): Promise<GitAnswer> {
  const all = ["-c", "core.fsmonitor=false", "--no-optional-locks", ...args];
  return new Promise((resolve) => {
    const settings = {
      cwd: folder,
      encoding: "buffer",
      maxBuffer: Number.MAX_SAFE_INTEGER,
      windowsHide: true,
    } as const;
    ResourceContext.root.process(
      execFile("git", all, settings, (error, stdout, stderr) => {
        if (!error) resolve({ status: "done", stdout });
        else resolve({ status: "failed", error: stderr.toString("utf8").trim() || toError(error).message });
      }),
    );
  });
}

/** The parts of a `-z` answer. A part that is not valid UTF-8 holds U+FFFD afterwards. */
export function parts(stdout: Buffer): readonly string[] {
  return stdout
    .toString("utf8")
    .split("\0")
    .filter((part) => part !== "");
}
