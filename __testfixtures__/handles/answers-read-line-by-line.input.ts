import { createInterface } from "node:readline/promises";

export async function askAll(input: NodeJS.ReadableStream, questions: readonly string[]): Promise<string[]> {
  const reader = createInterface({ input });
  const answers: string[] = [];
  for (const question of questions) answers.push(await reader.question(question));
  reader.close();
  return answers;
}
