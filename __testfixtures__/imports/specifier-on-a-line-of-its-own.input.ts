import {
  mkdirSync,
  readFileSync,
  writeFileSync,
} from "fs";
import { dirname } from "path";

export function copyConfig(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, readFileSync(from));
}
