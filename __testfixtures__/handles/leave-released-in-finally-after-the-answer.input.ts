import * as callbacks from "node:readline";
import { createInterface } from "node:readline/promises";

export async function confirm(question: string): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await reader.question(question)) === "yes";
  } finally {
    reader.close();
  }
}

export function prompt(text: string): void {
  const reader = callbacks.createInterface({ input: process.stdin });
  try {
    reader.setPrompt(text);
    reader.prompt();
  } finally {
    reader.close();
  }
}
