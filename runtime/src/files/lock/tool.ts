import * as cp from "node:child_process";
import { codeOf } from "../../atomic-write/errors.js";

/**
 * `flock` on an open file, which Node has no call for. A helper process does it: it inherits our descriptor, and the
 * lock belongs to the open file, so it stays when the helper has ended and goes when we close the file or die. It holds
 * between containers, for it is the inode that is locked.
 */
export type ToolAnswer =
  /** It is ours. */
  | "locked"
  | "busy"
  /** No helper can be started, or this file system does not lock. */
  | "unable";

interface Tool {
  readonly command: string;
  readonly args: readonly string[];
}

const BUSY = 1;
// util-linux and busybox have the first; macOS and nearly every Linux have the second.
const TOOLS: readonly Tool[] = [
  { command: "flock", args: ["-n", "3"] },
  {
    command: "perl",
    args: ["-e", 'open F, ">&=3" or exit 3; exit 0 if flock F, 6; exit($!{EWOULDBLOCK} ? 1 : 3)'],
  },
];
const CROWDED = new Set(["EAGAIN", "EMFILE", "ENFILE", "ENOMEM"]);

const missing = new Set<Tool>();

/** Tries to lock an open file, without waiting for it. */
export async function lockDescriptor(fd: number): Promise<ToolAnswer> {
  if (process.platform === "win32") return "unable";
  for (const tool of TOOLS) {
    const answer = missing.has(tool) ? "missing" : await ask(tool, fd);
    if (answer !== "missing") return answer;
    missing.add(tool);
  }
  return "unable";
}

function ask({ command, args }: Tool, fd: number): Promise<ToolAnswer | "missing"> {
  return new Promise((resolve) => {
    // Neither the directory we are in nor the environment must matter; both can be broken.
    const env = { PATH: `${process.env["PATH"] ?? ""}:/usr/bin:/bin` };
    const child = cp.spawn(command, args, { cwd: "/", env, stdio: ["ignore", "ignore", "ignore", fd] });
    child.once("error", (error) => resolve(CROWDED.has(codeOf(error) ?? "") ? "busy" : "missing"));
    child.once("exit", (code) => resolve(answerOf(code)));
  });
}

function answerOf(code: number | null): ToolAnswer {
  if (code === 0) return "locked";
  // Without a code it was killed: nothing is known, so try again.
  return code === BUSY || code === null ? "busy" : "unable";
}
