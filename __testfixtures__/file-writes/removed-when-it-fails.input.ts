import { unlinkSync, writeFileSync } from "node:fs";

export function save(state: string, text: string): void {
  try {
    writeFileSync(state, text);
  } catch (error) {
    unlinkSync(state);
    throw error;
  }
}
