import type { Site } from "../analyse/acquisitions.js";
import type { Decided, Surroundings } from "./decided.js";

/** The last gate: what is safe by itself is only `likely` where tests or the platform may see the difference. */
export function gate({ model }: Site, decided: Decided, around: Surroundings): Decided {
  if (typeof decided.outcome === "string" || decided.level !== "safe") return decided;
  if (around.isMocked(model.kind)) return { ...decided, level: "likely", message: mockedMessage[model.kind] };
  return around.caution === null ? decided : { ...decided, level: "likely", message: around.caution };
}

const mockedMessage = {
  "child-process": "A test that reaches this file replaces child_process: check that it still passes.",
  "file-write": "A test that reaches this file replaces fs: the atomic write would go past the replacement.",
} as const;
