import { subscribe, type Subscription } from "./subscribe.js";

/** What a value belongs to; few and of few values, for each combination is a series of its own. */
export type Labels = Readonly<Record<string, string>>;
/** Adds to a figure, or records one. */
export type Change = (value: number, labels: Labels) => void;

/** One figure, in words and units that fit OpenTelemetry and Prometheus both. */
interface Figure {
  readonly help: string;
  readonly labels: readonly string[];
}

/** All figures by the last part of their name. */
export const FIGURES = {
  open: { help: "Resources that are held now.", labels: ["kind"] },
  acquired: { help: "Resources that were acquired.", labels: ["kind"] },
  released: { help: "Resources that were released, and how that went.", labels: ["kind", "outcome"] },
  timeouts: { help: "Releases, locks and pools that did not answer in time.", labels: ["kind"] },
  leaks: { help: "Resources that were lost without having been released.", labels: ["kind"] },
  restarts: { help: "Restarts of supervised resources.", labels: ["kind"] },
  unhealthy: { help: "Health checks whose result was not ok.", labels: ["kind", "status"] },
  duration: { help: "How long releases took, in seconds.", labels: ["kind", "outcome"] },
} as const satisfies Record<string, Figure>;

export type Instruments = Readonly<Record<keyof typeof FIGURES, Change>>;

/** Buckets from what needs no waiting to what is abandoned, in seconds. */
export const DURATION_BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30] as const;

/** Turns events into figures until it is stopped. */
export function record(instruments: Instruments): Subscription {
  const open = new Map<string, number>();
  return subscribe({
    acquire: ({ kind }) => {
      open.set(kind, (open.get(kind) ?? 0) + 1);
      instruments.open(1, { kind });
      instruments.acquired(1, { kind });
    },
    release: ({ kind, duration, ...rest }) => {
      const count = open.get(kind) ?? 0;
      // It was acquired before anybody counted.
      if (count > 0) instruments.open(-1, { kind });
      open.set(kind, Math.max(0, count - 1));
      const outcome = "error" in rest ? "failed" : "ok";
      instruments.released(1, { kind, outcome });
      instruments.duration(duration / 1_000, { kind, outcome });
    },
    timeout: ({ kind }) => instruments.timeouts(1, { kind }),
    leak: ({ kind }) => instruments.leaks(1, { kind }),
    restart: ({ kind }) => instruments.restarts(1, { kind }),
    health: ({ kind, status }) => status !== "ok" && instruments.unhealthy(1, { kind, status }),
  });
}
