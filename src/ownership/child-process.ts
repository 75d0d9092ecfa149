import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, symbolOf } from "../analyse/nodes.js";
import { kinds } from "../catalogue/kinds.js";
import { leaveReasons } from "../reasons.js";
import type { Fix, Leak, Level, Ownership } from "../types.js";
import { type Decided, inert, leave, type Surroundings } from "./decided.js";
import { rejectLeak } from "./fixes/executors.js";
import { leakOf } from "./flow/paths.js";
import type { Case } from "./handle.js";
import { handleOf } from "./fixes/handle-text.js";
import { isRegistered } from "./uses/releases.js";
import { traceUses, type Uses } from "./uses/uses.js";
import { constantValue, optionOf, stringsIn } from "./uses/values.js";

/** Promisified exec and execFile: the promise settles when the child has ended. */
export function finite(site: Site, around: Surroundings): Decided {
  const ownership = { verdict: "inert", reason: "finite-and-awaited" } as const;
  if (!around.strict) return inert(ownership.reason);
  const { held } = traceUses(site, around);
  if (held !== null) return leave({ verdict: "held", reason: held }, held, leaveReasons[held]);
  return {
    ownership,
    level: "safe",
    outcome: {
      by: "root",
      handle: { ...site.acquisition.span, statement: null, parens: null },
      method: "process",
    },
    message: "Finite and awaited; adopted because of --strict, so that it ends with the program.",
  };
}

/** Arguments may be left out: the options are the object among them, else what stands in their place. */
function optionsArgument({ args, model, unit }: Site): ts.Expression | undefined {
  const literal = args.find((one) => ts.isObjectLiteralExpression(constantValue(one, unit)));
  return literal ?? args[model.args.options];
}

/** `detached`: it is meant to outlive this program. */
export function isDetached(site: Site): boolean {
  if (site.model.kind !== "child-process") return false;
  const detached = optionOf(optionsArgument(site), "detached", site.unit);
  return detached.is === "set" && detached.value.kind !== ts.SyntaxKind.FalseKeyword;
}

/** One of these options is given, or may be. */
export function isChildOptionSet(site: Site, names: readonly string[]): boolean {
  if (site.model.kind !== "child-process") return false;
  return names.some((name) => optionOf(optionsArgument(site), name, site.unit).is === "set");
}

/** No function can own it: what outlives the program belongs to the root context (fixes F5 and F6). */
export function childOutcome(given: Case): Decided {
  const { site, uses, method, outcome } = given;
  const observed = uses.observed[0]?.event ?? (hasCallback(site) ? "callback" : null);
  if (mayLeaveJobs(site, uses) && uses.releases.length === 0)
    return leave(verdictOf(site, uses, { observed, leak: [] }), "shell-jobs", leaveReasons["shell-jobs"]);
  const fix: Fix = { by: "root", handle: handleOf(site), method };
  const leak = leakOf(outcome.failure) ?? leakOf(outcome.success) ?? [];
  const { level, message } = levelOf(site, uses, observed);
  const reject = rejectLeak(given)?.at(-1);
  const more =
    reject === undefined ? "" : ` The promise rejects on line ${String(reject.line)} without ending it.`;
  return {
    ownership: verdictOf(site, uses, { observed, leak }),
    level,
    message: message + more,
    outcome: fix,
  };
}

interface Evidence {
  readonly observed: string | null;
  readonly leak: Leak;
}

function verdictOf(site: Site, uses: Uses, { observed, leak }: Evidence): Ownership {
  if (uses.isModuleVariable || enclosingFunction(site.call) === undefined)
    return { verdict: "root", observed };
  if (observed !== null) return { verdict: "event", observed };
  return uses.releases.length > 0 ? { verdict: "local", leak } : { verdict: "root", observed };
}

function levelOf(
  site: Site,
  uses: Uses,
  observed: string | null,
): { readonly level: Level; readonly message: string } {
  if (uses.isUnreferenced)
    return {
      level: "likely",
      message: "It is unreferenced, so the program may end before it; adopted, it ends with the program.",
    };
  const { kind } = site.model;
  if (kind !== "child-process")
    return { level: "likely", message: `The ${kinds[kind].noun} is still there when the program has ended.` };
  if (observed === null && uses.releases.length === 0 && writesToTerminal(site))
    return {
      level: "unsafe",
      message:
        "Nobody waits for its end, and it has the terminal: it may be meant to go on when the program is over.",
    };
  if (uses.releases.some(isRegistered))
    return { level: "likely", message: "Its hook on exit does not run when a signal ends the program." };
  if (observed === null)
    return { level: "likely", message: "Nobody waits for its end; adopted, it ends with the program." };
  if (mayLeaveJobs(site, uses))
    return {
      level: "likely",
      message: "A shell whose exit alone is awaited may leave jobs behind on purpose.",
    };
  if (isDetached(site))
    return { level: "likely", message: "The program kills it, but started it so that it can outlive it." };
  const detached = optionOf(optionsArgument(site), "detached", site.unit);
  if (detached.is === "opaque" && /\bdetached\b/.test(site.unit.text))
    return { level: "likely", message: "Its options come from elsewhere and may say `detached`." };
  const how = observed === "callback" ? "its callback" : `its "${observed}" event`;
  return { level: "safe", message: `Only ${how} ends it: when the program is interrupted, it lives on.` };
}

const callbackNames = /^(cb|callback|done|next|fn|resolve|reject|handler|on[A-Z]\w*|\w+(Callback|Handler))$/;

/** `exec(command, callback)`: the last argument is called when the child has ended. */
function hasCallback({ args, model, unit }: Site): boolean {
  const last = args.at(-1);
  if (model.yields !== "callback" || last === undefined || args.length < 2) return false;
  if (ts.isArrowFunction(last) || ts.isFunctionExpression(last)) return true;
  if (ts.isPropertyAccessExpression(last)) return callbackNames.test(last.name.text);
  if (!ts.isIdentifier(last)) return false;
  const declaration = symbolOf(last, unit.checker)?.declarations?.[0];
  return (
    callbackNames.test(last.text) || (declaration !== undefined && ts.isFunctionDeclaration(declaration))
  );
}

/** `stdio: "inherit"`: it is the user who follows it, and whose Ctrl-C ends it as well. */
function writesToTerminal(site: Site): boolean {
  const stdio = optionOf(optionsArgument(site), "stdio", site.unit);
  return stdio.is === "set" && stringsIn(constantValue(stdio.value, site.unit)).includes("inherit");
}

/** What the command of a user started in the background goes on when the shell has exited, and writes to its pipes. */
function mayLeaveJobs(site: Site, { observed }: Uses): boolean {
  return observed.length > 0 && observed.every((one) => one.event === "exit") && isShell(site);
}

/** `spawn("bash", ["-c", command])` */
function isShell({ args, unit }: Site): boolean {
  const command = args[0] === undefined ? undefined : constantValue(args[0], unit);
  return (
    command !== undefined && ts.isStringLiteralLike(command) && /^(.*\/)?(ba|z|da|k)?sh$/.test(command.text)
  );
}
