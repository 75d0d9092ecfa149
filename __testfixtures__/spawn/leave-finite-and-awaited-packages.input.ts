import execute, { $, command, execa, execaCommand, execaNode } from "execa";
import { exec, x } from "tinyexec";
import { $ as shell } from "zx";

export async function build(): Promise<string> {
  await execa("tsc", ["-p", "."]);
  await execute("tsc");
  await execaCommand("tsc -p .");
  await execaNode("build.js");
  await command("tsc");
  await $`tsc -p .`;
  await shell`tsc`;
  const [first] = await Promise.all([x("tsc"), exec("eslint")]);
  console.log(first.stdout);
  return (await execa("git", ["rev-parse", "HEAD"]).catch(() => ({ stdout: "" }))).stdout;
}
