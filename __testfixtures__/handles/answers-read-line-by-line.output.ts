import { createInterface } from "node:readline/promises";
import { ResourceContext } from "resource-context";

export async function askAll(input: NodeJS.ReadableStream, questions: readonly string[]): Promise<string[]> {
  await using ctx = new ResourceContext();
  const reader = ctx.readline(createInterface({ input }));
  const answers: string[] = [];
  for (const question of questions) answers.push(await reader.question(question));
  reader.close();
  return answers;
}
