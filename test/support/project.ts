import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { defaultOptions } from "../../src/options/defaults.js";
import type { Options } from "../../src/types.js";

/** Writes files into a new folder that is removed after the test; returns its real path. */
export function project(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "codemod-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  put(root, files);
  return root;
}

export function put(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Runs git with a fixed identity and none of the user's own configuration. */
export function git(root: string, ...args: readonly string[]): string {
  const identity = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "protocol.file.allow=always",
  ];
  const env = { PATH: process.env["PATH"] ?? "", HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", [...identity, ...args], { cwd: root, env, encoding: "utf8", stdio: "pipe" });
}

/** The same as `project`, committed in a new git repository. */
export function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = project(files);
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A", "-f");
  git(root, "commit", "-q", "--allow-empty", "-m", "start");
  return root;
}

export function optionsFor(root: string, changes: Partial<Options> = {}): Options {
  return { ...defaultOptions(root), ...changes };
}
