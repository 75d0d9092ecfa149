import { join, nowhere, type State } from "./paths.js";

/** The ways out of a piece of code, other than its end. */
export class Exits {
  returns: State = nowhere;
  throws: State = nowhere;
  /** At a `yield` the consumer may stop: loops, spreads and the like call `return()`, which runs what `finally` says. */
  abandoned: State = nowhere;
  /** By label; "" for those without one. */
  readonly breaks = new Map<string, State>();
  readonly continues = new Map<string, State>();

  return(state: State): void {
    this.returns = join(this.returns, state);
  }

  throw(state: State): void {
    this.throws = join(this.throws, state);
  }

  abandon(state: State): void {
    this.abandoned = join(this.abandoned, state);
  }

  break(label: string, state: State): void {
    this.breaks.set(label, join(this.breaks.get(label) ?? nowhere, state));
  }

  continue(label: string, state: State): void {
    this.continues.set(label, join(this.continues.get(label) ?? nowhere, state));
  }

  /** Everything that jumps to a loop or switch with one of these labels, which it thereby leaves. */
  take(from: "breaks" | "continues", labels: readonly string[]): State {
    const jumps = this[from];
    const taken = labels.map((label) => jumps.get(label) ?? nowhere);
    for (const label of labels) jumps.delete(label);
    return join(...taken);
  }

  /** Passes everything on to the code around, after `last` has run on each way out. */
  passTo(outer: Exits, last: (state: State) => State): void {
    outer.return(last(this.returns));
    outer.throw(last(this.throws));
    outer.abandon(last(this.abandoned));
    for (const [label, state] of this.breaks) outer.break(label, last(state));
    for (const [label, state] of this.continues) outer.continue(label, last(state));
  }
}
