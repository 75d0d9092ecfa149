import type { ts } from "ts-morph";
import type { HeldReason } from "../../types.js";
import type { Observation } from "./ends.js";
import type { Escape } from "./escapes.js";
import type { Effect } from "../flow/meaning.js";
import type { Pipe } from "./pipes.js";

/** Something else owns it from here on: `await client.connect(transport)`. */
export interface Taken {
  readonly by: ts.AwaitExpression;
  readonly name: ts.Identifier;
}

/** Everything that happens to one handle, over all its aliases. */
export interface Uses {
  readonly escapes: readonly Escape[];
  readonly held: HeldReason | null;
  readonly observed: readonly Observation[];
  readonly releases: readonly ts.Node[];
  readonly effects: ReadonlyMap<ts.Node, Effect>;
  readonly isUnreferenced: boolean;
  /** `stdout` and the like that leave the function: the handle must outlive it. */
  readonly partEscapes: boolean;
  /** Each identifier that stands for the handle. */
  readonly references: readonly ts.Identifier[];
  /** The names that the handle is given, in declarations and assignments. */
  readonly names: readonly ts.Identifier[];
  /** Collections of the function that it is put into. */
  readonly holders: readonly ts.Identifier[];
  /** Where the function reads it from the field that it stored it in. */
  readonly reads: readonly ts.Node[];
  /** The handle sits in a variable of the module. */
  readonly isModuleVariable: boolean;
  /** The pipes that read it or write to it. */
  readonly pipes: readonly Pipe[];
  /** Where something of the program takes it over. */
  readonly taken: readonly Taken[];
  /** A pipe goes on with it when the function that acquires is over. */
  readonly isPiped: boolean;
  /** Functions of this file that get it as an argument. */
  readonly homes: ReadonlySet<ts.Node | undefined>;
  /** Where something that may need the folder for longer gets out of the function; only for paths. */
  readonly dependent: ts.Node | undefined;
  /** `path#join` for a function of a module, whatever it is called here; empty for all others. */
  readonly origin: (callee: ts.Expression) => string;
  /** It was taken apart where it came from: no name stands for all of it. */
  readonly isSplit: boolean;
}
