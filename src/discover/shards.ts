import type { Shard } from "../types.js";

/**
 * Whether a path belongs to a part of the project. Parts are stretches of the sorted list of paths, cut so that each has
 * as many candidates as the others: neighbours, which import each other, stay together.
 */
export function partOf(candidates: readonly string[], { index, count }: Shard): (file: string) => boolean {
  const cut = (part: number): string | undefined =>
    candidates[Math.floor((candidates.length * part) / count)];
  const from = index === 1 ? "" : cut(index - 1);
  const to = index === count ? undefined : cut(index);
  return (file) => from !== undefined && file >= from && (to === undefined || file < to);
}
