import { unlinkSync } from "node:fs";
import { atomicWriteFileSync } from "resource-context";

export function save(state: string, text: string): void {
  try {
    atomicWriteFileSync(state, text);
  } catch (error) {
    unlinkSync(state);
    throw error;
  }
}
