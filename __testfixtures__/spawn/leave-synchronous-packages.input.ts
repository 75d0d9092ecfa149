import launch from "cross-spawn";
import { commandSync, execaCommandSync, execaSync, sync } from "execa";

export function version(): string {
  launch.sync("git", ["fetch"]);
  commandSync("git fetch");
  sync("git", ["fetch"]);
  return execaSync("git", ["--version"]).stdout + execaCommandSync("node --version").stdout;
}
