import { createInterface } from "node:readline/promises";
import { ResourceContext } from "resource-context";

export async function ask(questions: readonly string[], check: (answer: string) => void): Promise<void> {
  for (const question of questions) {
    await using ctx = new ResourceContext();
    const prompt = ctx.readline(createInterface({ input: process.stdin, output: process.stdout }));
    check(await prompt.question(question));
    prompt.close();
  }
}
