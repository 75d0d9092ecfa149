import readline from "node:readline";
import repl from "node:repl";

export async function ask(check: (answer: string) => Promise<void>): Promise<void> {
  const prompt = readline.promises.createInterface({ input: process.stdin });
  const shell = repl.start("> ");
  await check(await prompt.question("Port?"));
  shell.close();
  prompt.close();
}
