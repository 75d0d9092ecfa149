import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, symbolOf } from "../analyse/nodes.js";
import { leaveReasons } from "../reasons.js";
import type { Fix, Level, Ownership } from "../types.js";
import { type Decided, inert, leave, type Surroundings } from "./decided.js";
import { awaitedScope } from "./scope.js";
import { traceUses, type Uses } from "./uses.js";
import { constantValue, optionOf } from "./values.js";

/** Who must end a child process, and what may be rewritten. */
export function decideChildProcess(site: Site, around: Surroundings): Decided {
  if (site.model.adopt.by === "none") return inert("synchronous");
  if (site.origin.promisified) return finite(site, around);
  const uses = traceUses(site, around.exportsOf);
  if (uses.held !== null)
    return leave({ verdict: "held", reason: uses.held }, uses.held, leaveReasons[uses.held]);
  const [escape] = uses.escapes;
  if (escape !== undefined) return escaped(escape);
  if (isKilledInFinally(site, uses))
    return leave(
      { verdict: "held", reason: "released-in-finally" },
      "released-in-finally",
      leaveReasons["released-in-finally"],
    );
  const detached = optionOf(optionsArgument(site), "detached", site.unit);
  const isDetached = detached.is === "set" && detached.value.kind !== ts.SyntaxKind.FalseKeyword;
  if (isDetached) return leave({ verdict: "daemon", reason: "detached" }, "detached", leaveReasons.detached);
  return adopt(site, uses, around);
}

/** Promisified exec and execFile: the promise settles when the child has ended. */
function finite(site: Site, around: Surroundings): Decided {
  const ownership = { verdict: "inert", reason: "finite-and-awaited" } as const;
  if (!around.strict) return inert(ownership.reason);
  const { held } = traceUses(site, around.exportsOf);
  if (held !== null) return leave({ verdict: "held", reason: held }, held, leaveReasons[held]);
  return {
    ownership,
    level: "safe",
    outcome: rootFix(site),
    message: "Finite and awaited; adopted because of --strict, so that it ends with the program.",
  };
}

function escaped(ownership: Ownership): Decided {
  const reason = "reason" in ownership ? ownership.reason : "escapes-unknown";
  const where = ownership.verdict === "unknown" ? ` (${ownership.expression})` : "";
  return leave(ownership, reason, leaveReasons[reason] + where);
}

/** Arguments may be left out: the options are the object after the command, else what stands in their place. */
function optionsArgument({ args, model, unit }: Site): ts.Expression | undefined {
  const literal = args.slice(1).find((one) => ts.isObjectLiteralExpression(constantValue(one, unit)));
  return literal ?? args[model.args.options];
}

function isKilledInFinally({ call }: Site, uses: Uses): boolean {
  const home = enclosingFunction(call);
  return uses.kills.some((kill) => {
    const block = ts.findAncestor(
      kill,
      (up) => up.parent !== undefined && ts.isTryStatement(up.parent) && up.parent.finallyBlock === up,
    );
    return block !== undefined && enclosingFunction(block) === home;
  });
}

function adopt(site: Site, uses: Uses, around: Surroundings): Decided {
  const observed = uses.observed[0]?.event ?? (hasCallback(site) ? "callback" : null);
  const scope = around.scopes ? awaitedScope(site, uses, around) : undefined;
  if (scope !== undefined) {
    return {
      ownership: { verdict: "local", leak: [] },
      level: scope.level,
      outcome: { by: "scope", handle: site.acquisition.span, method: "process", scope: scope.scope },
      message: scope.message,
    };
  }
  const ownership = verdictOf(site, uses, observed);
  return { ownership, ...levelOf(site, uses, observed), outcome: rootFix(site) };
}

function verdictOf(site: Site, uses: Uses, observed: string | null): Ownership {
  if (uses.isModuleVariable || enclosingFunction(site.call) === undefined)
    return { verdict: "root", observed };
  if (observed !== null) return { verdict: "event", observed };
  return uses.kills.length > 0 ? { verdict: "local", leak: [] } : { verdict: "root", observed };
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
  if (observed === null)
    return { level: "likely", message: "Nobody waits for its end; adopted, it ends with the program." };
  const detached = optionOf(optionsArgument(site), "detached", site.unit);
  if (detached.is === "opaque" && /\bdetached\b/.test(site.unit.text))
    return { level: "likely", message: "Its options come from elsewhere and may say `detached`." };
  const how = observed === "callback" ? "its callback" : `its "${observed}" event`;
  return { level: "safe", message: `Only ${how} ends it: when the program is interrupted, it lives on.` };
}

function rootFix(site: Site): Fix {
  return { by: "root", handle: site.acquisition.span, method: "process" };
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
