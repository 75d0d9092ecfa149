import type { Argv } from "yargs";
import { subcommands } from "./commands.js";
import { flags } from "./flags.js";

/** Only the help needs all of yargs, which takes longer to load than most runs take. */
export async function helpText(): Promise<string> {
  const help = await described();
  for (const [name, { alias = [], choices, ...flag }] of Object.entries(flags)) {
    const value = flag.value ?? choices?.join("|");
    const describe = value === undefined ? flag.describe : `${flag.describe} [${value}]`;
    help.option(name, { alias: [...alias], group: flag.group, describe });
  }
  return help.getHelp();
}

/** The script for the shell that `$SHELL` names; it asks `completions` on each press of the key. */
export async function completionScript(): Promise<string> {
  const asked = (await described()).exitProcess(false).completion("completion");
  return new Promise((resolve) => {
    void asked.parse(["completion"], (_error: unknown, _argv: unknown, script: string) => resolve(script));
  });
}

/** What may stand for the last word; nothing when it is a path, so that the shell completes it. */
export async function completions(words: readonly string[]): Promise<readonly string[]> {
  const asked = await described();
  const begun = words.at(-1) ?? "";
  for (const [name, { choices, ...flag }] of Object.entries(flags))
    asked.option(name, {
      type: flag.type === "boolean" ? "boolean" : "string",
      ...(choices === undefined ? {} : { choices }),
    });
  return new Promise((resolve) => {
    asked.getCompletion([...words], (_error, found) => resolve(found.filter((one) => one.startsWith(begun))));
  });
}

/** The command as yargs knows it, but for the flags. */
async function described(): Promise<Argv> {
  const { default: yargs } = await import("yargs");
  const help = yargs([])
    .scriptName("resource-codemod")
    .usage(
      "$0 [paths or globs..]\n\nFinds resources that nobody releases and puts them under a context that does.",
    )
    .version(false)
    .help(false)
    .wrap(100);
  for (const { usage, describe } of Object.values(subcommands)) help.command(usage, describe);
  return help.epilogue(
    "Exit codes: 0 nothing to do or done, 1 --check found something, 2 the answer cannot be trusted.",
  );
}
