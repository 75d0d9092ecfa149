import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { enclosingFunction, unwrap } from "../../analyse/nodes.js";
import { calledFunction } from "../uses/arguments.js";
import { traitsOf } from "../traits.js";
import { homeOf } from "../uses/activation.js";
import { takerOf } from "../uses/promised.js";
import type { Uses } from "../uses/uses.js";
import { flagFinder } from "./flags.js";
import type { Effect, Meaning } from "./meaning.js";
import { join, nowhere, noted, startWith, type State } from "./paths.js";
import { Walker } from "./walker.js";

/** With what obligation the ways out of a piece of code are left. */
export interface Outcome {
  /** Its end and every `return`, `break` and `continue` out of it. */
  readonly success: State;
  readonly failure: State;
  /** The consumer of a generator stops before its end. */
  readonly abandoned: State;
}

export type Effects = ReadonlyMap<ts.Node, Effect>;

/** The activation that acquires: from its beginning to each of its exits. */
export function activationOutcome(site: Site, uses: Uses, effects: Effects): Outcome {
  const home = homeOf(site, uses);
  const start = takerOf(site) === undefined ? "unborn" : "live";
  if (home === undefined) {
    const initialiser = ts.findAncestor(site.call, ts.isClassStaticBlockDeclaration);
    const { statements } = initialiser?.body ?? site.unit.source;
    return outcomeOf(statements, { site, uses, effects, start: "unborn" });
  }
  const { body } = home;
  if (body === undefined) return { success: nowhere, failure: nowhere, abandoned: nowhere };
  if (ts.isBlock(body)) return outcomeOf(body.statements, { site, uses, effects, start });
  const walker = new Walker(meaningOf({ site, uses, effects, start }));
  return {
    success: walker.expression(body, startWith(start)),
    failure: walker.exits.throws,
    abandoned: nowhere,
  };
}

interface Question {
  readonly site: Site;
  readonly uses: Uses;
  readonly effects: Effects;
  readonly start: "unborn" | "live";
}

/** The same for a run of statements. */
export function outcomeOf(statements: readonly ts.Statement[], question: Question): Outcome {
  const walker = new Walker(meaningOf(question));
  const end = walker.statements(statements, startWith(question.start));
  const last = statements.at(-1);
  const fallen = last === undefined ? end : noted(end, walker.endStep(last));
  const { exits } = walker;
  const jumps = [...exits.breaks.values(), ...exits.continues.values()];
  return {
    success: join(exits.returns, ...jumps, fallen),
    failure: exits.throws,
    abandoned: exits.abandoned,
  };
}

/** With what obligation the end of a run of statements is reached. */
export function endOf(statements: readonly ts.Statement[], question: Question): State {
  return new Walker(meaningOf(question)).statements(statements, startWith(question.start));
}

function meaningOf({ site, uses, effects }: Question): Meaning {
  const { unit } = site;
  const references = new Set<ts.Node>([...uses.references, ...uses.names, ...uses.reads]);
  const involved = involvedIn(effects);
  return {
    effectOf: (node) => effects.get(node),
    isHandle: (node) => references.has(unwrap(node)),
    isInvolved: (body) => involved.has(body),
    calledBy: (call) => calledFunction({ site }, call.expression),
    origin: (callee) => uses.origin(callee),
    spent: traitsOf(site).spent,
    present: traitsOf(site).present,
    flagOf: flagFinder(unit),
    lineOf: (node) => unit.source.getLineAndCharacterOfPosition(node.getStart(unit.source)).line + 1,
    endLineOf: (node) => unit.source.getLineAndCharacterOfPosition(node.end).line + 1,
  };
}

/** Every function around an effect: running it may change something. */
function involvedIn(effects: Effects): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>();
  for (const node of effects.keys())
    for (let up = enclosingFunction(node); up !== undefined && !found.has(up); up = enclosingFunction(up))
      found.add(up);
  return found;
}
