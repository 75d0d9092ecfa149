import { ts } from "ts-morph";
import type { Site } from "../../analyse/acquisitions.js";
import { enclosingFunction, type FunctionNode, isTransparent } from "../../analyse/nodes.js";
import type { Unit } from "../../analyse/unit.js";
import type { Release } from "../../types.js";
import { calledName } from "./closures.js";

/** Whether calling this method of the resource releases it. */
export function isReleaseMethod({ model }: Site, name: string): boolean {
  return model.release.some((one) => one.by === "method" && one.name === name);
}

/** Whether passing the resource to a function of this origin, in this place, releases it. */
export function isReleaseFunction({ model }: Site, origin: string, argument: number): boolean {
  return model.release.some(
    (one) => one.by === "function" && one.argument === argument && namesOf(one).includes(origin),
  );
}

function namesOf(release: Extract<Release, { by: "function" }>): readonly string[] {
  return release.modules.map((module) => `${module}#${release.path.join(".")}`);
}

/** Functions that keep a callback in order to run it when something ends, under the names that projects give them. */
const registries =
  /^(after|afterEach|afterAll|defer|teardown|tearDown|onTestFinished|onTestFailed|onExit|onShutdown|exitHook|asyncExitHook|gracefulExit|onDispose|onCleanup|onScopeDispose|onUnmounted|onBeforeUnmount|onDestroy|onDeactivated|addDisposable|(add|register)\w*(Cleanup|Teardown|Disposer|Shutdown|Exit)\w*|cleanup)$/;
const processEvents = /^(exit|beforeExit|SIGINT|SIGTERM|SIGHUP)$/;

/** The release sits in a function that was handed to a registry of cleanups: `t.after(() => server.close())`. */
export function isRegistered(release: ts.Node): boolean {
  for (let inner = enclosingFunction(release); inner !== undefined; inner = enclosingFunction(inner)) {
    const call = inner.parent;
    if (ts.isCallExpression(call) && (isRegistry(call) || isHook(call))) return true;
    if (isCleanupOfEffect(inner) || isRegisteredByName(inner)) return true;
  }
  return false;
}

/**
 * A hook that runs at the end of the program in every case releases it. `process.on("exit", ..)` does not run when a signal
 * ends the program, unless the file listens to signals: what outlives the program then stays.
 */
export function isHookedForGood({ model, unit }: Site, releases: readonly ts.Node[]): boolean {
  const hooked = releases.filter(isRegistered);
  const isChild = model.kind === "child-process";
  return hooked.some((one) => !isChild || !isOnExitAlone(one)) || (hooked.length > 0 && handlesSignals(unit));
}

function isOnExitAlone(release: ts.Node): boolean {
  const call = enclosingFunction(release)?.parent;
  return call !== undefined && ts.isCallExpression(call) && isProcessEvent(call, /^(exit|beforeExit)$/);
}

const handlesSignals = ({ calls }: Unit): boolean => calls.some((call) => isProcessEvent(call, /^SIG/));

function isProcessEvent(call: ts.CallExpression, events: RegExp): boolean {
  if (!/^process\.(on|once)$/.test(call.expression.getText())) return false;
  const [event] = call.arguments;
  return event !== undefined && ts.isStringLiteralLike(event) && events.test(event.text);
}

/** `const cleanUp = () => remove(folder); onExit(cleanUp);` */
function isRegisteredByName(inner: FunctionNode): boolean {
  const name = ts.isVariableDeclaration(inner.parent) ? inner.parent.name : inner.name;
  const scope = enclosingFunction(ts.isFunctionDeclaration(inner) ? inner.parent : inner);
  if (name === undefined || !ts.isIdentifier(name) || scope === undefined) return false;
  const visit = (node: ts.Node): boolean =>
    (ts.isCallExpression(node) &&
      registries.test(calledName(node)) &&
      node.arguments.some((one) => ts.isIdentifier(one) && one.text === name.text)) ||
    ts.forEachChild(node, visit) === true;
  return visit(scope);
}

/** `app.addHook("onClose", () => pool.end())`, `server.addHook("preClose", ..)` */
function isHook(call: ts.CallExpression): boolean {
  const [event] = call.arguments;
  return (
    calledName(call) === "addHook" &&
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    /^(on|pre)Close$/.test(event.text)
  );
}

/** `useEffect(() => { ..; return () => watcher.close(); })`: the framework calls it. */
function isCleanupOfEffect(inner: ts.Node): boolean {
  const { parent } = inner;
  const effect =
    ts.isReturnStatement(parent) || ts.isArrowFunction(parent) ? enclosingFunction(inner) : undefined;
  const call = effect?.parent;
  return call !== undefined && ts.isCallExpression(call) && effects.test(calledName(call));
}

const effects = /^(use\w*Effect|onMount)$/;

/** The call keeps a callback in order to run it at the end. */
export function isRegistry(call: ts.CallExpression): boolean {
  return registries.test(calledName(call)) || isListOfCleanups(call) || isProcessEvent(call, processEvents);
}

/** `releasers.push(() => pool.end())` */
function isListOfCleanups({ expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^(push|unshift|add)$/.test(expression.name.text) &&
    /(releas|clean-?up|dispos|teardown|finali[sz]er|closers|destroyers|shutdown)\w*$/i.test(
      expression.expression.getText(),
    )
  );
}

/** `process.kill(-child.pid)`, `treeKill(child.pid)` */
export function killingByPid(access: ts.Expression): ts.CallExpression | undefined {
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "pid") return undefined;
  let node: ts.Expression = access;
  for (;;) {
    const { parent } = node;
    if (isTransparent(parent) || ts.isPrefixUnaryExpression(parent)) node = parent;
    else
      return ts.isCallExpression(parent) && parent.arguments[0] === node && kills.test(calledName(parent))
        ? parent
        : undefined;
  }
}

const kills = /^(tree-?kill(Sync)?|kill|kill\w*(Tree|Group|Process)\w*|terminate\w*)$/i;
