import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import type { Unit } from "../analyse/unit.js";
import { leaveReasons } from "../reasons.js";
import type { ResourceModel } from "../types.js";
import { type Decided, leave, type Surroundings } from "./decided.js";

/** The last gate: what is safe by itself is only `likely` where tests or the platform may see the difference. */
export function gate({ model, origin, unit }: Site, decided: Decided, around: Surroundings): Decided {
  if (typeof decided.outcome === "string") return decided;
  if (isBrowserCode(unit)) return leave(decided.ownership, "browser-code", leaveReasons["browser-code"]);
  if (decided.level !== "safe") return decided;
  if (origin.isPassedOn && decided.outcome.by === "replace")
    return { ...decided, level: "likely", message: passedOnMessage };
  if (around.isMocked(model.kind)) return { ...decided, level: "likely", message: mockedMessage(model) };
  return around.caution === null ? decided : { ...decided, level: "likely", message: around.caution };
}

/** The bundler sends it to the browser, where the runtime cannot run. */
function isBrowserCode({ source }: Unit): boolean {
  return source.statements.some(
    (one) =>
      ts.isExpressionStatement(one) &&
      ts.isStringLiteral(one.expression) &&
      one.expression.text === "use client",
  );
}

const passedOnMessage =
  "Another file of the project passes the function on: the atomic write would go past it.";

function mockedMessage({ kind, acquire }: ResourceModel): string {
  const module = acquire.modules[0] ?? "";
  return kind === "file-write"
    ? "A test that reaches this file replaces fs: the atomic write would go past the replacement."
    : `A test that reaches this file replaces ${module}: check that it still passes.`;
}
