import type { Site } from "../analyse/acquisitions.js";
import { definingFile } from "../analyse/inferred.js";
import type { Mocker } from "../analyse/mocks/index.js";
import { sharesWithItsFunction } from "./shared.js";
import { leaveReasons } from "../reasons.js";
import type { ResourceModel } from "../types.js";
import { isDetached } from "./child-process.js";
import { type Decided, leave, type Surroundings } from "./decided.js";
import { isInBrowser, isOnEdge } from "./platform.js";

/** The last gate: what is safe by itself is only `likely` where tests or the platform may see the difference. */
export function gate(site: Site, decided: Decided, around: Surroundings): Decided {
  const { model, origin, unit } = site;
  const { outcome } = decided;
  if (typeof outcome === "string" && !isGlobal(site)) return decided;
  if (isInBrowser(site, isGlobal(site)))
    return leave(decided.ownership, "browser-code", leaveReasons["browser-code"]);
  if (isOnEdge(unit, around.host)) return leave(decided.ownership, "browser-code", edgeMessage);
  if (decided.level !== "safe" || typeof outcome === "string") return decided;
  if (isDetached(site)) return { ...decided, level: "likely", message: detachedMessage };
  if (model.level === "likely") return { ...decided, level: "likely" };
  if (sharesWithItsFunction(site)) return { ...decided, level: "likely", message: sharedMessage };
  if (origin.isPassedOn && outcome.by === "replace")
    return { ...decided, level: "likely", message: passedOnMessage };
  const mocker = around.mockerOf(model.kind, definingFile(origin) ?? null);
  if (mocker !== null)
    return { ...decided, level: "likely", message: mockedMessage(mocker, model, definingFile(origin)) };
  return around.caution === null ? decided : { ...decided, level: "likely", message: around.caution };
}

/** It needs no import, wherever the function that calls it is defined. */
const isGlobal = ({ inferred, origin, model }: Site): boolean =>
  (inferred === null ? [origin.module] : model.acquire.modules).includes("globalThis");

const edgeMessage =
  "It runs on workers of an edge network (a wrangler file, `cloudflare:` modules, an edge route), where the runtime cannot run.";

const sharedMessage =
  "What it is made with is released here as well: a context would release it a second time.";

const detachedMessage =
  "Started with `detached`: adopted, it ends with the program, which it may be meant to outlive.";

const passedOnMessage =
  "Another file of the project passes the function on: the atomic write would go past it.";

function mockedMessage(
  mocker: Mocker,
  { kind, acquire }: ResourceModel,
  definedIn: string | undefined,
): string {
  if (mocker.by === "file")
    return `Tests that reach this file run with replacements from ${mocker.file}: check that they still pass.`;
  if (definedIn !== undefined)
    return `A test replaces ${definedIn} or what it uses: check that it still passes.`;
  const module = acquire.modules[0] ?? "";
  return kind === "file-write"
    ? "A test that reaches this file replaces fs: the atomic write would go past the replacement."
    : `A test that reaches this file replaces ${module}: check that it still passes.`;
}
