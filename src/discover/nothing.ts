import { ConfigError } from "../errors.js";
import type { Options, Skipped } from "../types.js";
import type { Selection } from "./selection.js";

const extensions = ".ts .tsx .mts .cts .js .jsx .mjs .cjs .vue .svelte";

/** A glob that fits no file at all is a typing error, even when other paths match. */
export function unmatchedPattern(selection: Selection, sources: readonly string[]): ConfigError | null {
  const lost = selection.patterns.find((pattern) => !sources.some((file) => pattern.matches(file)));
  if (!lost) return null;
  return new ConfigError(
    `The glob "${lost.glob}" matches no file.\nExpected at least one file with ${extensions}. Check its spelling; files ignored by git only match with --no-gitignore.`,
  );
}

const advice: Readonly<Record<Skipped["reason"], string>> = {
  ignored: "ignored by --ignore",
  dependency: "dependencies",
  generated: "generated",
  declaration: "type declarations",
  test: "tests, which --include-tests includes",
  minified: "minified",
  flow: "with Flow types that TypeScript does not share",
  repository: "repositories of their own, which are looked at when they are named",
};

export function nothingMatched(options: Options, skipped: readonly Skipped[]): ConfigError {
  const counts = Object.entries(advice).flatMap(([reason, text]) => {
    const count = skipped.filter((entry) => entry.reason === reason).length;
    return count > 0 ? [`${String(count)} passed over: ${text}`] : [];
  });
  const rules = options.gitignore ? ["Files ignored by git are only looked at with --no-gitignore."] : [];
  return new ConfigError(
    [
      `No file matched ${options.paths.map((path) => `"${path}"`).join(", ")} in ${options.root}.`,
      `Expected at least one file with ${extensions}.`,
      ...counts,
      ...rules,
    ].join("\n"),
  );
}
