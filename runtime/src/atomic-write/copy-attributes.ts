import * as cp from "node:child_process";

/**
 * Gives `to` the extended attributes and the ACL of `from`, for which Node has no calls; `cp` of GNU coreutils has.
 * Answers whether it did: elsewhere, and on file systems that do not take them, it cannot.
 */
export function copyAttributes(from: string, to: string): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(false);
  const args = ["--attributes-only", "--no-target-directory", "--preserve=mode,xattr", "--", from, to];
  return new Promise((resolve) => {
    const child = cp.spawn("cp", args, { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
