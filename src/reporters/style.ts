import pico from "picocolors";

export type Colors = ReturnType<typeof pico.createColors>;

/** How a report for people looks. */
export interface Style {
  readonly colors: Colors;
  readonly verbosity: "normal" | "verbose";
  readonly timings: boolean;
  /** The arguments of the run without its mode: what a suggested command repeats. */
  readonly command: string;
}

export function colorsFor(enabled: boolean): Colors {
  return pico.createColors(enabled);
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
