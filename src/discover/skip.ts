import type { Skipped } from "../types.js";
import { notHandWritten } from "./generated.js";
import { isTest, passedOver } from "./paths.js";
import { loadsTestRunner } from "./prefilter.js";

interface Naming {
  readonly takesTests: boolean;
  readonly isIgnored: (file: string) => boolean;
}

/** Why a file is passed over that is not even read; null for one that is looked at. */
export function skippedByName(file: string, { takesTests, isIgnored }: Naming): Skipped | null {
  const byName = passedOver(file);
  if (byName) return byName;
  if (!takesTests && isTest(file)) return { path: file, reason: "test" };
  return isIgnored(file) ? { path: file, reason: "ignored" } : null;
}

/** Why a file that acquires something is passed over for what stands in it. */
export function skippedByText(file: string, text: string, takesTests: boolean): Skipped["reason"] | null {
  return notHandWritten(file, text) ?? (!takesTests && loadsTestRunner(text) ? "test" : null);
}

/** Patterns as in a .gitignore. */
export async function ignoring(patterns: readonly string[]): Promise<(file: string) => boolean> {
  if (patterns.length === 0) return () => false;
  const { default: ignore } = await import("ignore");
  const rules = ignore({ ignorecase: false }).add(patterns);
  return (file) => rules.ignores(file);
}
