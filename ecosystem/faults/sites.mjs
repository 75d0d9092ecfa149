// Where faults can be put: the calls of the acquiring function behind the acquisition, in the text before and after.
import { ts } from "ts-morph";

/**
 * The texts of one file before and after with a marker at each call behind the acquisition of a finding, and the
 * function to call; or why that cannot be done.
 */
export function prepare({ file, finding, before, after }) {
  const was = callsOf(file, before);
  const is = callsOf(file, after);
  const pairs = matched(was.calls, is.calls);
  if (pairs === undefined) return { why: "the calls before and after do not match one to one" };
  const at = was.calls.findIndex((call) => placeOf(call, was.source) === `${finding.line}:${finding.column}`);
  const acquiring = nearestAcquisition(was, finding, at);
  if (acquiring === undefined) return { why: "the acquisition was not found in the file" };
  const home = homeOf(acquiring);
  const points = pairs.filter(([call]) => isPoint(call, acquiring, home));
  const entry = entryOf(acquiring);
  if (entry === undefined) return { why: "the function has no name by which a driver could call it" };
  const acquisitions = pairs.find(([call]) => call === acquiring);
  const code = [before, after].map((text, side) =>
    compiled(
      file,
      marked(
        text,
        points.map((pair) => pair[side]),
        acquisitions[side],
      ),
    ),
  );
  return { entry, points: points.map(([call]) => textOf(call)), code };
}

function callsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const calls = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { source, calls };
}

/** What the rewrite added is passed over: every call of the original must come again, in the same order. */
function matched(was, is) {
  const pairs = [];
  for (const call of is)
    if (pairs.length < was.length && nameOf(call) === nameOf(was[pairs.length]))
      pairs.push([was[pairs.length], call]);
  return pairs.length === was.length ? pairs : undefined;
}

function nameOf(call) {
  const callee = call.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  const plain = ts.isIdentifier(callee) || ts.isPropertyAccessExpression(callee) ? name : "";
  return `${ts.isNewExpression(call) ? "new " : ""}${plain.replace(/^atomicWriteFile/, "writeFile")}`;
}

function placeOf(node, source) {
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${line + 1}:${character + 1}`;
}

/** `a().b()` has two calls with one start: the one that ends where the finding ends. */
function nearestAcquisition({ source, calls }, { endLine, endColumn }, at) {
  if (at === -1) return undefined;
  const same = calls.filter((call) => placeOf(call, source) === placeOf(calls[at], source));
  return same.find((call) => {
    const end = source.getLineAndCharacterOfPosition(call.end);
    return end.line + 1 === endLine && end.character + 1 === endColumn;
  });
}

function homeOf(node) {
  return ts.findAncestor(node.parent, (up) => ts.isFunctionLike(up) || ts.isSourceFile(up));
}

/** A call of the same activation that is evaluated after the acquisition, and where text can go before it. */
function isPoint(call, acquiring, home) {
  if (homeOf(call) !== home || contains(acquiring, call)) return false;
  if (contains(call, acquiring)) return isOnResult(call, acquiring);
  if (call.pos < acquiring.pos) return false;
  const isInChain = ts.findAncestor(
    call,
    (up) => up !== call && ts.isOptionalChain(up) && up.expression === call,
  );
  return isInChain === undefined && call.expression.kind !== ts.SyntaxKind.SuperKeyword;
}

/** `spawn(..).on(..)`: its arguments are evaluated after the acquisition. */
function isOnResult(call, acquiring) {
  return acquiring.end <= call.expression.end && call.arguments?.[0] !== undefined;
}

function contains(outer, inner) {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function textOf(call) {
  const text = call.getText().replace(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function marked(text, points, acquiring) {
  const inserts = points.flatMap((call, k) =>
    around(contains(call, acquiring) ? call.arguments[0] : call, `__fault(${k})`),
  );
  inserts.push(...around(acquiring, "__acquiring()"));
  // Outer calls first where two begin at one place, inner ones first where two end.
  inserts.sort((a, b) => b.at - a.at || (a.closes ? 1 : 0) - (b.closes ? 1 : 0) || a.size - b.size);
  return inserts.reduce((now, { at, text: more }) => now.slice(0, at) + more + now.slice(at), text);
}

function around(call, mark) {
  const size = call.end - call.getStart();
  // A parenthesis at the beginning of a line could go on with the line before.
  const isStatement = ts.isExpressionStatement(call.parent);
  const opens = { at: call.getStart(), text: isStatement ? `${mark}, ` : `(${mark}, `, closes: false, size };
  return isStatement ? [opens] : [opens, { at: call.end, text: ")", closes: true, size }];
}

/** How a driver gets at the outermost function around the acquisition. */
function entryOf(node) {
  const chain = [];
  for (let up = node; !ts.isSourceFile(up); up = up.parent) chain.unshift(up);
  const [statement] = chain;
  if (ts.isFunctionDeclaration(statement))
    return statement.name === undefined ? undefined : { how: "call", name: statement.name.text };
  if (ts.isClassDeclaration(statement)) return memberOf(statement.name?.text, statement, chain);
  const declaration = chain.find(ts.isVariableDeclaration);
  if (ts.isVariableStatement(statement) && declaration !== undefined && ts.isIdentifier(declaration.name))
    return variableEntry(declaration, chain);
  const isRunOnLoad = chain.every((one) => !ts.isFunctionLike(one));
  return isRunOnLoad ? { how: "load" } : exportedEntry(statement);
}

function variableEntry(declaration, chain) {
  const value = chain[chain.indexOf(declaration) + 1];
  const name = declaration.name.text;
  if (ts.isClassExpression(value)) return memberOf(name, value, chain);
  if (!ts.isObjectLiteralExpression(value))
    return chain.some(ts.isFunctionLike) ? { how: "call", name } : { how: "load" };
  const property = chain[chain.indexOf(value) + 1];
  return property.name === undefined
    ? undefined
    : { how: "call", name: `${name}.${property.name.getText()}` };
}

function memberOf(name, owner, chain) {
  const member = chain[chain.indexOf(owner) + 1];
  if (name === undefined || member === undefined) return undefined;
  if (ts.isConstructorDeclaration(member) || ts.isPropertyDeclaration(member))
    return { how: "construct", name };
  if (member.name === undefined || ts.isPrivateIdentifier(member.name)) return privateEntry(name, member);
  const isStatic = member.modifiers?.some((one) => one.kind === ts.SyntaxKind.StaticKeyword) === true;
  return isStatic
    ? { how: "call", name: `${name}.${member.name.getText()}` }
    : { how: "method", name, method: member.name.getText() };
}

/** A private method is called through a public one that the runner adds to the class. */
function privateEntry(name, member) {
  return member.name === undefined ? undefined : { how: "method", name, method: member.name.text };
}

/** `exports.serve = function () {..}` */
function exportedEntry(statement) {
  const assigned = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (assigned === undefined || !ts.isBinaryExpression(assigned)) return undefined;
  const target = assigned.left.getText();
  return /^(module\.)?exports\b/.test(target) ? { how: "call", name: target } : undefined;
}

/** To the language of Node 20, as the body of a function that gets `require`. */
function compiled(file, text) {
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      jsx: ts.JsxEmit.React,
      esModuleInterop: true,
      experimentalDecorators: true,
    },
  });
  return outputText.replaceAll("import.meta", "__meta");
}
