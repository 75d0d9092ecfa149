import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { enclosingFunction, isFunction, isInside } from "../analyse/nodes.js";
import { originOf } from "../analyse/origins.js";
import type { Unit } from "../analyse/unit.js";
import { leaveReasons } from "../reasons.js";
import type { LeaveReason } from "../types.js";
import { type Decided, inert, leave, type Surroundings } from "./decided.js";
import { freedName } from "./fixes/freed.js";
import { targetOf } from "./target.js";
import { constantValue, optionOf, stringsIn } from "./uses/values.js";

const local = { verdict: "local", leak: [] } as const;

/** Whether a file write may become atomic. */
export function decideFileWrite(site: Site, around: Surroundings): Decided {
  const { adopt } = site.model;
  if (adopt.by === "none" && adopt.reason === "already-atomic") return inert("already-atomic");
  if (adopt.by !== "replace") return leaveLocal("no-drop-in");
  if (site.args.some((one) => ts.isSpreadElement(one))) return leaveLocal("spread-arguments");
  const flag = flagReason(site);
  if (flag !== undefined) return leaveLocal(flag);
  const [path] = site.args;
  const target = path === undefined ? "plain" : targetOf(path, site, around);
  if (target === "temporary") return inert("own-temp-folder");
  if (target === "descriptor") return leaveLocal("descriptor-target");
  if (target === "special") return leaveLocal("special-file");
  if (isPassedAfterwards(site, around, renames)) return inert("already-atomic");
  if (writesNothing(site)) return inert("empty-content");
  if (isPassedAfterwards(site, around, removals)) return inert("removed-again");
  return replace(site, adopt.name);
}

function leaveLocal(reason: LeaveReason): Decided {
  return leave(local, reason, leaveReasons[reason]);
}

/** `writeFile(marker, "")`: there is no half-written state. */
function writesNothing({ args, unit }: Site): boolean {
  const data = args[1];
  const value = data === undefined ? undefined : constantValue(data, unit);
  return value !== undefined && ts.isStringLiteralLike(value) && value.text === "";
}

const watches =
  /\bwatchFile\b|\bchokidar\b|\bfs(p|Promises)?\.watch\(|\bwatch\b.*from ['"](node:)?fs(\/promises)?['"]/;

function replace(site: Site, name: "atomicWriteFile" | "atomicWriteFileSync"): Decided {
  const { unit, callee: called } = site;
  const callee = { start: called.getStart(unit.source), end: called.end };
  const outcome = { by: "replace", callee, name, frees: freedName(called, unit) } as const;
  const caution = cautionFor(site);
  return caution === undefined
    ? {
        ownership: local,
        level: "safe",
        outcome,
        message: "Interrupted in the middle, it leaves a torn file.",
      }
    : { ownership: local, level: "likely", outcome, message: caution };
}

/** Why somebody might notice that the name leads to another file afterwards. */
function cautionFor({ unit, args: [path, data] }: Site): string | undefined {
  if (watches.test(unit.text))
    return "This file also watches files: a watcher of the target would see a rename.";
  if (path !== undefined && isFromEnvironment(constantValue(path, unit)))
    return "An environment variable names the file: whoever has set it may hold it open.";
  // Nobody appends to JSON.
  const isState = data !== undefined && /\bJSON\.stringify\(/.test(data.getText(unit.source));
  return path !== undefined && !isState && namesLog(path, unit)
    ? "A log may be open elsewhere: whoever appends to it would go on in the old file."
    : undefined;
}

/** `process.env.GITHUB_OUTPUT ?? "out.txt"`, but not a path below one. */
function isFromEnvironment(path: ts.Expression): boolean {
  if (ts.isBinaryExpression(path)) return isFromEnvironment(path.left);
  return /^process\.env\b/.test(path.getText()) && !ts.isCallExpression(path);
}

/** A word of the path is "log": `out.log`, `logFile`, `pm_log_path`, but neither `changelog` nor `catalog`. */
function namesLog(path: ts.Expression, unit: Unit): boolean {
  const value = constantValue(path, unit);
  return [path, value].some((one) =>
    one
      .getText(unit.source)
      .replace(/([a-z\d])([A-Z])/g, "$1 $2")
      .split(/[^A-Za-z]+/)
      .some((word) => /^logs?$/i.test(word)),
  );
}

/** The reason to leave a write with another flag than `w`. */
function flagReason({ args, model, unit }: Site): LeaveReason | undefined {
  const flag = optionOf(args[model.args.options], "flag", unit);
  if (flag.is !== "set") return undefined;
  const flags = stringsIn(constantValue(flag.value, unit));
  if (flags.length === 0) return "computed-flag";
  if (flags.some((one) => one.includes("x"))) return "exclusive-flag";
  if (flags.some((one) => one.startsWith("a"))) return "append-flag";
  return flags.some((one) => one.startsWith("r")) ? "update-flag" : undefined;
}

const renames = new Set(["rename", "renameSync", "move", "moveSync", "promises.rename", "promises.move"]);

const removals = new Set(
  ["rm", "rmSync", "unlink", "unlinkSync", "remove", "removeSync"].flatMap((name) => [
    name,
    `promises.${name}`,
  ]),
);

/**
 * The same function later passes the written path to one of these: it renames it onto another, and is atomic by hand, or
 * it removes it again.
 */
function isPassedAfterwards(site: Site, around: Surroundings, names: ReadonlySet<string>): boolean {
  const path = site.args[0]?.getText();
  if (path === undefined) return false;
  const home = enclosingFunction(site.call) ?? site.unit.source;
  return site.unit.calls.some((call) => {
    // A callback of the write renames from inside the call.
    if (call.pos <= site.call.pos || call.arguments[0]?.getText() !== path) return false;
    if (!isInside(call, home) || (names === removals && isSometimes(call, site.call))) return false;
    const origin = originOf(call.expression, site.unit, around.exportsOf);
    const name =
      origin === undefined ? call.expression.getText().replace(/^.*\./, "") : origin.path.join(".");
    return names.has(name);
  });
}

/** In a handler of a failure, behind a condition, or in a function of its own: what was written may well stay. */
function isSometimes(removal: ts.Node, write: ts.Node): boolean {
  return (
    ts.findAncestor(removal, (up) => {
      if (isInside(write, up)) return "quit";
      return isFunction(up) || ts.isCatchClause(up) || ts.isIfStatement(up) || ts.isConditionalExpression(up);
    }) !== undefined
  );
}
