import { ts } from "ts-morph";
import { unwrap, type FunctionNode } from "../../analyse/nodes.js";
import { calledName } from "../uses/closures.js";
import type { Meaning } from "./meaning.js";

/** Calls that do not throw in practice: registering listeners, collecting output and values, text, printing. */
const harmless = new Set([
  "on",
  "once",
  "addListener",
  "prependListener",
  "prependOnceListener",
  "off",
  "removeListener",
  "addEventListener",
  "removeEventListener",
  "push",
  "unshift",
  "pop",
  "shift",
  "set",
  "add",
  "clear",
  "values",
  "keys",
  "entries",
  "slice",
  "splice",
  "reverse",
  "toReversed",
  "setEncoding",
  "ref",
  "unref",
  "toString",
  "join",
  "split",
  "trim",
  "startsWith",
  "endsWith",
  "includes",
  "indexOf",
  "toLowerCase",
  "toUpperCase",
  "padStart",
  "padEnd",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "log",
  "error",
  "warn",
  "info",
  "debug",
  "resolve",
  "reject",
  "then",
  "catch",
  "finally",
  "bind",
  // What a listener of the signal throws is reported, and not thrown here.
  "abort",
]);

/** Functions of the language and of Node that fail for wrong types only. */
const plain =
  /^(String|Number|Boolean|Symbol|(Date|Math|Object|Array|Number|performance)\.\w+|Buffer\.(alloc|byteLength|isBuffer)|process\.(cwd|hrtime|uptime|memoryUsage)|Promise\.(all|allSettled|any|race|resolve|reject)|JSON\.stringify)$/;
const plainImports =
  /^(path#[\w.]+|path\/(posix|win32)#\w+|os#\w+|crypto#(randomUUID|randomBytes|createHash)|fs#(create(Read|Write)Stream|existsSync)|zlib#create\w+|url#(pathToFileURL|fileURLToPath)|events#once)$/;

/** Whether `path#join` fails for wrong types only. */
export const isPlainImport = (origin: string): boolean => plainImports.test(origin);

/** Whether the call goes through, as far as anybody would care. */
export function cannotThrow(call: ts.CallExpression, meaning: Meaning): boolean {
  if (harmless.has(calledName(call))) return true;
  if (onlyCalls(meaning.calledBy(call))) return true;
  // `work().finally(..)`: what gives a promise rejects, it does not throw.
  if (isChained(call) || plain.test(call.expression.getText())) return true;
  if (isPlainImport(meaning.origin(call.expression))) return true;
  // `pipeline(createReadStream(a), createGzip())`: what is made on the way into the release.
  if (ts.isCallExpression(call.parent) && meaning.effectOf(call.parent)?.is === "releases") return true;
  return isOnHandle(call.expression, meaning);
}

/** `const cancel = () => controller.abort();`: a short name for a call that goes through. */
function onlyCalls(body: FunctionNode | undefined): boolean {
  if (body === undefined || !ts.isArrowFunction(body)) return false;
  if (ts.isBlock(body.body)) return false;
  const inner = unwrap(body.body);
  return ts.isCallExpression(inner) && harmless.has(calledName(inner)) && inner.arguments.length === 0;
}

function isChained({ parent }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(parent) &&
    /^(then|catch|finally)$/.test(parent.name.text) &&
    ts.isCallExpression(parent.parent)
  );
}

/** `child.stdin.write(..)`: a method of the resource or of a part of it. */
function isOnHandle(callee: ts.Expression, meaning: Meaning): boolean {
  const node = unwrap(callee);
  if (meaning.isHandle(node) || meaning.effectOf(node)?.is === "acquires") return true;
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    isOnHandle(node.expression, meaning)
  );
}

/** `work().catch(..)`: what comes out of it does not reject. */
export function endsWithCatch(expression: ts.Expression): boolean {
  const node = unwrap(expression);
  return ts.isCallExpression(node) && calledName(node) === "catch";
}

const iterates = new Set(["forEach", "map", "filter", "some", "every", "reduce", "flatMap", "find"]);

/** When a callback of the call runs, seen from this activation. */
export function runsNow(call: ts.CallExpression): "always" | "perhaps" | "never" {
  const name = calledName(call);
  if (name === "finally" || name === "then") return isWaitedFor(call) ? "always" : "never";
  if (name === "catch") return isWaitedFor(call) ? "perhaps" : "never";
  return iterates.has(name) ? "perhaps" : "never";
}

function isWaitedFor(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (
    ts.isParenthesizedExpression(node.parent) ||
    (ts.isPropertyAccessExpression(node.parent) && ts.isCallExpression(node.parent.parent)) ||
    (ts.isCallExpression(node.parent) && node.parent.expression === node)
  )
    node = node.parent;
  return (
    ts.isAwaitExpression(node.parent) ||
    ts.isReturnStatement(node.parent) ||
    (ts.isArrowFunction(node.parent) && node.parent.body === node)
  );
}
