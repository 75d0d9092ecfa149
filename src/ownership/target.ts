import { ts } from "ts-morph";
import type { Site } from "../analyse/acquisitions.js";
import { isAssignmentTarget, symbolOf, unwrap } from "../analyse/nodes.js";
import { originOf } from "../analyse/origins.js";
import { methodOfContext } from "./acquired-by-context.js";
import type { Surroundings } from "./decided.js";
import { isThisMember, membersOfThis } from "./uses/escapes.js";

/** What a path argument stands for, as far as the file shows it. */
export type Target = "plain" | "temporary" | "descriptor" | "special";

const maxHops = 8;
const temporaryMakers = new Set([
  "mkdtemp",
  "mkdtempSync",
  "mkdtempDisposable",
  "mkdtempDisposableSync",
  "tmpdir",
]);
const temporaryModules = new Set(["tmp", "tmp-promise", "tempy", "temp", "temp-dir", "tmpdir"]);
const openers = new Set(["open", "openSync"]);
/** Modules whose functions give a path in the folder of their first argument. */
const pathModules = new Set(["path", "path/posix", "url", "fs"]);
/** Methods of a context that give back the path or the descriptor that they are given. */
const adopters = new Set(["tempDir", "tempFile", "adopt", "file", "disown"]);

export function targetOf(path: ts.Expression, site: Site, around: Surroundings): Target {
  return new TargetSearch(site, around).of(path, maxHops);
}

class TargetSearch {
  constructor(
    readonly site: Site,
    readonly around: Surroundings,
  ) {}

  of(expression: ts.Expression, hops: number): Target {
    if (hops === 0) return "plain";
    const node = unwrap(expression);
    if (ts.isNumericLiteral(node)) return "descriptor";
    if (ts.isStringLiteralLike(node)) return ofText(node.text);
    if (ts.isTemplateExpression(node)) return this.ofTemplate(node, hops);
    if (ts.isBinaryExpression(node)) return this.of(node.left, hops - 1);
    if (ts.isCallExpression(node)) return this.ofCall(node, hops);
    if (isThisMember(node)) return this.ofField(node, hops);
    if (ts.isPropertyAccessExpression(node))
      return node.name.text === "fd" ? "descriptor" : this.of(node.expression, hops - 1);
    return ts.isIdentifier(node) ? this.ofVariable(node, hops) : "plain";
  }

  private ofTemplate(node: ts.TemplateExpression, hops: number): Target {
    const [first] = node.templateSpans;
    if (node.head.text !== "" || first === undefined) return ofText(node.head.text);
    return this.of(first.expression, hops - 1);
  }

  /** `mkdtempSync(..)`, `tmpdir()`, `join(dir, name)`: the first argument of anything else decides. */
  private ofCall(node: ts.CallExpression, hops: number): Target {
    const origin = originOf(node.expression, this.site.unit, this.around.exportsOf);
    const acquired = methodOfContext(node, this.site.unit);
    const name = acquired ?? origin?.path.at(-1) ?? "";
    const isKnown = origin !== undefined || acquired !== undefined;
    if (isKnown && (temporaryMakers.has(name) || temporaryModules.has(origin?.module ?? "")))
      return "temporary";
    if (isKnown && openers.has(name)) return "descriptor";
    const [first] = node.arguments;
    const passesOn = pathModules.has(origin?.module ?? "") || isAdoption(node);
    return passesOn && first !== undefined ? this.of(first, hops - 1) : "plain";
  }

  /** `this.log = await open(path)`, or a field whose type says so. */
  private ofField({ name }: ts.PropertyAccessExpression, hops: number): Target {
    const owner = ts.findAncestor(this.site.call, ts.isClassLike);
    if (name.text === "fd") return "descriptor";
    if (owner === undefined) return "plain";
    const values = membersOfThis(owner, name.text).flatMap((one) =>
      ts.isBinaryExpression(one.parent) && one.parent.left === one ? [one.parent.right] : [],
    );
    const declared = owner.members.find((one) => one.name?.getText() === name.text);
    const isHandle =
      declared !== undefined && ts.isPropertyDeclaration(declared) && isDescriptorType(declared.type);
    return isHandle || values.some((value) => this.of(value, hops - 1) === "descriptor")
      ? "descriptor"
      : "plain";
  }

  private ofVariable(node: ts.Identifier, hops: number): Target {
    const { unit } = this.site;
    const symbol = symbolOf(node, unit.checker);
    const declaration = symbol?.declarations?.[0];
    if (declaration === undefined) return "plain";
    if (
      (ts.isParameter(declaration) || ts.isVariableDeclaration(declaration)) &&
      isDescriptorType(declaration.type)
    )
      return "descriptor";
    const holder = ts.isBindingElement(declaration)
      ? ts.findAncestor(declaration, ts.isVariableDeclaration)
      : declaration;
    if (holder === undefined || !ts.isVariableDeclaration(holder)) return "plain";
    const values = holder.initializer === undefined ? [] : [holder.initializer];
    for (const use of unit.identifiers.get(node.text) ?? [])
      if (
        isAssignmentTarget(use) &&
        ts.isBinaryExpression(use.parent) &&
        symbolOf(use, unit.checker) === symbol
      )
        values.push(use.parent.right);
    const [first, ...rest] = values.map((value) => this.of(value, hops - 1));
    // `let fd = -1; fd = openSync(..)`
    if (first === "descriptor" || rest.includes("descriptor")) return "descriptor";
    return first !== undefined && rest.every((one) => one === first) ? first : "plain";
  }
}

/** Nothing but a path, or nothing but what is open already. */
function isDescriptorType(type: ts.TypeNode | undefined): boolean {
  const text = type?.getText() ?? "";
  return /^(number|((fs|fsp|promises|fs\.promises)\.)?FileHandle)( \| (undefined|null))*$/.test(text);
}

/** `ctx.tempDir(mkdtempSync(..))`: what a context holds is still what it was. */
const isAdoption = ({ expression }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(expression) && adopters.has(expression.name.text);

function ofText(text: string): Target {
  if (/^\/(dev|proc|sys)\//.test(text) || text.startsWith("\\\\.\\")) return "special";
  return /^\/(var\/)?tmp\//.test(text) ? "temporary" : "plain";
}
