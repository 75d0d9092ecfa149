import path from "node:path";
import { exists, readUtf8 } from "../disk.js";

/** `node src/run.ts`: Node takes the types off and lowers nothing, unless a loader compiles. */
export function isPlainNode(command: string): boolean {
  const isOfNode = /(?:^|[\s`])node\s(?:[^\s]+\s+)*[^\s-][^\s]*\.[cm]?ts(?:[\s`]|$)/.test(command);
  return isOfNode && !/--import\b|--loader\b|--experimental-loader\b|--require\b|\s-r\s/.test(command);
}

/** The usage in the comment of a script: ` *   node scripts/release.ts`. */
export function saysNodeRunsIt(file: string): boolean {
  if (!exists(file)) return false;
  const lines = readUtf8(file).split("\n");
  return lines.some(
    (line) => /^\s*(?:\/\/|\/?\*)/.test(line) && line.includes(path.basename(file)) && isPlainNode(line),
  );
}
