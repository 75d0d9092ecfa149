import path from "node:path";
import { readUtf8 } from "../../disk.js";
import type { Kind } from "../../types.js";
import { resolveModule } from "../modules.js";
import type { Tests } from "./index.js";
import { kindsByModule, replacedBy } from "./replaced.js";

export interface Replacing {
  readonly text: string;
  readonly kinds: ReadonlySet<Kind>;
  /** Files of the project that it replaces. */
  readonly stubs: ReadonlySet<string>;
}

/** What a file of the project puts something else in the place of. */
export function replacedIn(file: string, { root, catalogue }: Tests): Replacing {
  const text = readUtf8(path.join(root, file));
  const { kinds, stubs } = replacedBy(text, kindsByModule(catalogue));
  return { text, kinds, stubs: new Set([...stubs].flatMap((stub) => resolveModule(root, file, stub) ?? [])) };
}
