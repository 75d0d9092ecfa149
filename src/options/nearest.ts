import { distance } from "fastest-levenshtein";

/** The question for the end of an error message; empty when nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === null ? "" : ` Did you mean ${guess}?`;
}

/** The known word that was most likely meant, when one is near enough to be worth naming. */
function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, cost: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.cost - b.cost);
  const best = ranked[0];
  if (best === undefined) return null;
  // More than a third of a long word, or than half of a short one, is another word.
  const isNear = best.cost <= Math.max(2, Math.floor(word.length / 3)) && best.cost * 2 <= word.length;
  return isNear ? best.candidate : null;
}
