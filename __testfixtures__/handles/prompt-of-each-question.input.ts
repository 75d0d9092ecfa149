import { createInterface } from "node:readline/promises";

export async function ask(questions: readonly string[], check: (answer: string) => void): Promise<void> {
  for (const question of questions) {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    check(await prompt.question(question));
    prompt.close();
  }
}
