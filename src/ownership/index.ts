import type { Site } from "../analyse/acquisitions.js";
import type { Finding } from "../types.js";
import { type Decided, noEvidence, type Surroundings } from "./decided.js";
import { decideFileWrite } from "./file-write.js";
import { decideHandle } from "./handle.js";
import { acquired } from "./fixes/acquiring.js";
import { endedByInstance } from "./fixes/of-program.js";
import { gate } from "./gate.js";
import { inInstance } from "./summaries/instances.js";

export type { Surroundings } from "./decided.js";

/** Who must release what each site acquires, and whether and how it is rewritten. */
export function decide(sites: readonly Site[], around: Surroundings): readonly Finding[] {
  return sites.map((given) => {
    const { site, decided } = decideSite(given, around);
    return toFinding(site, acquired(site, gate(site, decided, around), around));
  });
}

interface DecidedSite {
  readonly site: Site;
  readonly decided: Decided;
}

function decideSite(site: Site, around: Surroundings): DecidedSite {
  if (site.model.kind === "file-write") return { site, decided: decideFileWrite(site, around) };
  const instance = inInstance(site, around);
  if (instance === undefined) return { site, decided: decideHandle(site, around) };
  const decided = decideHandle(instance, around);
  const ofProgram = endedByInstance(site, decided, around);
  return ofProgram === undefined ? { site: instance, decided } : { site, decided: ofProgram };
}

function toFinding(
  { acquisition, model, inferred }: Site,
  { ownership, level, outcome, message, evidence = noEvidence }: Decided,
): Finding {
  const decision =
    typeof outcome === "string"
      ? ({ action: "leave", reason: outcome } as const)
      : ({ action: "rewrite", transform: model.transform, fix: outcome } as const);
  const through = inferred === null ? "" : ` (${inferred.chain.join(" -> ")})`;
  return {
    acquisition,
    ownership,
    level,
    decision,
    message: message + through,
    evidence,
    standing: { is: "new" },
  };
}
