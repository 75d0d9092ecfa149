import {
  mkdirSync,
  readFileSync,
} from "fs";
import { dirname } from "path";
import { atomicWriteFileSync } from "resource-context";

export function copyConfig(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  atomicWriteFileSync(to, readFileSync(from));
}
