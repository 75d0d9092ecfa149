import type { Site } from "./back-out.js";

/** What a command said about a set of changes. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly output: string };

export interface Search {
  /** Changes that are known to stand together. */
  readonly base: readonly Site[];
  /** Changes that fail on top of them. */
  readonly suspects: readonly Site[];
  /** What was said about both together. */
  readonly output: string;
}

/**
 * The changes without which all others stand, found by halving: files are split first, then the sites of one. Asks about
 * `k * log2(n)` times for k changes of n.
 */
export async function guiltyIn(
  { base, suspects, output }: Search,
  ask: (sites: readonly Site[]) => Promise<Answer>,
): Promise<ReadonlyMap<Site, string>> {
  const [only] = suspects;
  if (only === undefined) return new Map();
  if (suspects.length === 1) return new Map([[only, output]]);
  const [left, right] = halves(suspects);
  const answer = await ask([...base, ...left]);
  const inLeft = answer.ok
    ? new Map<Site, string>()
    : await guiltyIn({ base, suspects: left, output: answer.output }, ask);
  const standing = [...base, ...left.filter((site) => !inLeft.has(site))];
  const rest: Answer = answer.ok ? { ok: false, output } : await ask([...standing, ...right]);
  if (rest.ok) return inLeft;
  const inRight = await guiltyIn({ base: standing, suspects: right, output: rest.output }, ask);
  return new Map([...inLeft, ...inRight]);
}

/** Two parts, between two files where there are several. */
function halves(sites: readonly Site[]): readonly [readonly Site[], readonly Site[]] {
  const middle = Math.ceil(sites.length / 2);
  const borders = sites.flatMap((site, i) => (i > 0 && sites[i - 1]?.file !== site.file ? [i] : []));
  const [border = middle] = [...borders].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return [sites.slice(0, border), sites.slice(border)];
}
