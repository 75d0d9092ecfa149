// Newer Nodes, from npm: no dependency of anything, so they are installed once, into a cache.
import * as cp from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../node_modules/.cache/nodes", import.meta.url));
const platform = process.platform === "win32" ? "win" : process.platform;
const executable = process.platform === "win32" ? "node.exe" : "node";

/**
 * Where the binary of a version is, after installing it if need be.
 * @param {string} version
 * @returns {string | undefined} undefined when it could not be installed
 */
export function nodeBinary(version) {
  const name = `node-${version}`;
  const binary = path.join(folder, "node_modules", name, "bin", executable);
  if (fs.existsSync(binary)) return binary;
  fs.mkdirSync(folder, { recursive: true });
  const wanted = `${name}@npm:node-${platform}-${process.arch}@${version}`;
  // The packages name the Node they hold as the engine they need.
  const flags = ["--no-audit", "--no-fund", "--force", "--prefix", folder];
  cp.spawnSync("npm", ["install", ...flags, wanted], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  return fs.existsSync(binary) ? binary : undefined;
}
