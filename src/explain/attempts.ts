import type { Finding, FixName, Verdict } from "../types.js";
import { leaveReasons } from "../reasons.js";

/** One fix, and what came of it at a site. */
export interface Attempt {
  readonly fix: FixName | "replace" | "pipeline";
  /** `F1`; the drop-in replacement of a file write and that of pipes have no number. */
  readonly number: string;
  readonly outcome: "fits" | "does not fit" | "not needed";
  readonly why: string;
}

const fixes: readonly { readonly fix: FixName; readonly does: string }[] = [
  { fix: "scope", does: "A context of the function releases it on every way out." },
  {
    fix: "guard",
    does: "A context of the function releases it when something fails before it is handed over.",
  },
  { fix: "class", does: "A context of the object releases it." },
  { fix: "container", does: "The context of the program owns what the collection of the module holds." },
  { fix: "event", does: "The context of the program owns it until its event comes." },
  { fix: "root", does: "The context of the program owns it." },
];

/** All six fixes, and which fits; for a file write its drop-in replacement. */
export function attemptsOf(finding: Finding): readonly Attempt[] {
  if (finding.acquisition.kind === "file-write") return [replacement(finding)];
  if (finding.decision.action === "rewrite" && finding.decision.fix.by === "pipeline") return [pipeline];
  const applied = appliedIn(finding);
  const at = fixes.findIndex(({ fix }) => fix === applied);
  return fixes.map(({ fix, does }, i) => {
    const number = `F${i + 1}`;
    if (i === at) return { fix, number, outcome: "fits", why: does };
    if (at !== -1 && i > at) return { fix, number, outcome: "not needed", why: `F${at + 1} fits.` };
    const refusal = finding.evidence.refused.find((one) => one.fix === fix);
    return { fix, number, outcome: "does not fit", why: refusal?.why ?? unfit(fix, finding) };
  });
}

const pipeline: Attempt = {
  fix: "pipeline",
  number: "pipeline",
  outcome: "fits",
  why: "It connects the same streams, waits for the last of them, and closes all of them when one fails.",
};

function replacement({ decision }: Finding): Attempt {
  const given = { fix: "replace", number: "atomic write" } as const;
  if (decision.action === "leave")
    return { ...given, outcome: "does not fit", why: leaveReasons[decision.reason] };
  return { ...given, outcome: "fits", why: "The same call writes a new file and renames it." };
}

/** The root context carries out three of the fixes. */
function appliedIn({ decision, ownership }: Finding): Attempt["fix"] | undefined {
  if (decision.action === "leave") return undefined;
  if (decision.fix.by !== "root") return decision.fix.by;
  return ownership.verdict === "container" || ownership.verdict === "event" ? ownership.verdict : "root";
}

function unfit(fix: FixName, { ownership: { verdict } }: Finding): string {
  return general[verdict] ?? special[fix];
}

/** What rules out every fix. */
const general: Partial<Readonly<Record<Verdict, string>>> = {
  inert: "There is nothing to release.",
  held: "It is released already.",
  daemon: "It is left running on purpose.",
  unknown: "Where it goes is not known: to release it could take it from somebody who still uses it.",
};

const special: Readonly<Record<FixName, string>> = {
  scope: "Somebody uses it after the function has returned.",
  guard: "The function does not hand it over.",
  class: "It is in no field of a class whose text is here.",
  container: "It is in no collection of the module.",
  event: "No event that the function listens to ends it.",
  root: "It does not outlive the program, or somebody else owns it.",
};
