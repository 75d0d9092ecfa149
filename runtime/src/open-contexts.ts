import type { OpenContext, State } from "./state.js";

/** Contexts that were lost are looked for each time the number of all has doubled past this. */
const FIRST_SWEEP = 64;
let sweepAt = FIRST_SWEEP;

/** Lets signals, crashes and `exit` release a context; gives back the way to end that. */
export function enlist({ open }: State, context: OpenContext): () => void {
  const reference = new WeakRef(context);
  open.add(reference);
  if (open.size >= sweepAt) sweep(open);
  return () => open.delete(reference);
}

function sweep(open: Set<WeakRef<OpenContext>>): void {
  for (const reference of open) if (reference.deref() === undefined) open.delete(reference);
  sweepAt = Math.max(FIRST_SWEEP, open.size * 2);
}

/** The contexts that hold something, the newest first, for it may need what an older one holds. */
export const openContexts = ({ open }: State): OpenContext[] =>
  [...open]
    .reverse()
    .map((reference) => reference.deref())
    .filter((context) => context !== undefined)
    .filter((context) => context.size > 0);
