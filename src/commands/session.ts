import type { Progress } from "../types.js";

export type ExitCode = 0 | 1 | 2 | 129 | 130 | 143;

/** Ends the writing; the exit code is the one that shells give a program which the signal ended. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(readonly exitCode: ExitCode) {
    super("Interrupted. Every file is as it was before.");
  }
}

/** The process around a command: `src/cli.ts` has the real one. */
export interface Session {
  /** As they were given, for suggestions. */
  readonly argv: readonly string[];
  /** Where it was started. */
  readonly folder: string;
  /** Null when nobody is there to answer. */
  readonly terminal: {
    readonly input: NodeJS.ReadStream;
    readonly output: NodeJS.WriteStream;
  } | null;
  readonly print: (text: string) => void;
  /** Says something beside the output. */
  readonly tell: (message: string) => void;
  readonly isColoured: boolean;
  /** One line that is written over, on a terminal; nothing elsewhere. */
  readonly progress: Progress;
  readonly clearProgress: () => void;
  /** From now on signals abort instead of ending the process at once. */
  readonly holdSignals: (interrupt: AbortController) => void;
}
