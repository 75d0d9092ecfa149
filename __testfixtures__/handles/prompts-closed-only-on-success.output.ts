import readline from "node:readline";
import repl from "node:repl";
import { ResourceContext } from "resource-context";

export async function ask(check: (answer: string) => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext();
  const prompt = ctx.readline(readline.promises.createInterface({ input: process.stdin }));
  const shell = ctx.readline(repl.start("> "));
  await check(await prompt.question("Port?"));
  shell.close();
  prompt.close();
}
