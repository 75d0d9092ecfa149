import picomatch from "picomatch";

/**
 * Ignore patterns of a configuration are relative to its folder; the run may start below it. Returns
 * them relative to the start, without those that cannot match there. `below`: segments in between.
 */
export function rebase(patterns: readonly string[], below: readonly string[]): readonly string[] {
  return below.length === 0 ? patterns : patterns.flatMap((pattern) => rebased(pattern, below));
}

function rebased(pattern: string, below: readonly string[]): readonly string[] {
  const sign = pattern.startsWith("!") ? "!" : "";
  const body = pattern.slice(sign.length);
  const isAnchored = body.replace(/\/$/, "").includes("/");
  if (!isAnchored) return ignoresOneOf(body, below) ? [`${sign}**`] : [pattern];
  const segments = body.replace(/^\//, "").split("/");
  for (const [index, segment] of below.entries()) {
    const own = segments[index];
    if (own === "**") return [sign + segments.slice(index).join("/")];
    if (own === undefined || own === "") return [`${sign}**`];
    if (!picomatch.isMatch(segment, own, { dot: true })) return [];
  }
  const rest = segments.slice(below.length).join("/");
  return [rest === "" ? `${sign}**` : `${sign}/${rest}`];
}

function ignoresOneOf(body: string, below: readonly string[]): boolean {
  return below.some((segment) => picomatch.isMatch(segment, body.replace(/\/$/, ""), { dot: true }));
}
