// How one row of the leak benchmark is judged against the findings of its file. The rules, in order:
//
// 1. A row is FOUND when the report has a finding of a fitting kind that covers the row's line, or whose first
//    line is at most 3 lines away (a call in a chain or a ternary starts a little above or below). The nearest wins.
// 2. A negative (its id starts with N) is WRONG when a finding that covers its line, or starts on the line before
//    or after it, would be rewritten, at any level. Otherwise it is right. Sites further away are other sites.
// 3. A found leak that would be rewritten is FIXED when the new owner fits the row's `scope` (see `owners`), at its
//    level; with a wider owner it is FIXED-WIDER (released when the program ends, not when the function does).
//    When the row says that no rewrite can cure it (`fixable` is `no`), rewriting is WRONG.
// 4. A found leak that is left is RIGHTLY LEFT when
//    - the row says `no`, and the verdict does not claim that nothing leaks (`inert`, `held`);
//    - the row says `partly`, or its scope is the caller or the test, and the verdict names the owner that the row's
//      `ownership` or `scope` column names (see `namesOwner`).
//    Everything else that is left is LEFT, and counts as a miss.

/** Kinds of the catalogue by the words of the `kind` column. A word that is not here fits any kind. */
const kinds = [
  [/child_process|pty/, ["child-process", "terminal"]],
  [/file_handle/, ["file-handle"]],
  [/^stream/, ["stream", "write-stream", "read-stream"]],
  [/temp_/, ["temp-dir", "temp-file", "temp", "file-write"]],
  [/atomic_write/, ["file-write", "stream", "write-stream"]],
  [/timer/, ["timer", "interval", "timeout"]],
  [/readline/, ["readline"]],
  [/watcher/, ["watcher"]],
  [/server|websocket/, ["server", "socket", "websocket"]],
  [/worker/, ["worker"]],
];

/** Which fix gives the resource to the owner that the row asks for. `wider` releases it too, but later. */
const owners = {
  function: { fits: ["scope", "guard", "executor"], wider: ["root", "field", "class"] },
  class: { fits: ["field", "class", "container"], wider: ["root"] },
  module: { fits: ["root", "module"], wider: [] },
  process: { fits: ["root", "scope", "executor"], wider: [] },
  caller: { fits: ["guard", "scope"], wider: ["root"] },
  "call site": { fits: ["replace", "scope"], wider: [] },
};

export function judge(row, findings) {
  const isNegative = row.id.startsWith("N");
  return isNegative ? judgeNegative(row, findings) : judgeLeak(row, findings);
}

function judgeNegative(row, findings) {
  const line = Number(row.line);
  const rewritten = findings.find(
    (one) => one.action === "rewrite" && one.line <= line + 1 && one.endLine >= line - 1,
  );
  if (rewritten !== undefined) return { outcome: "wrong", finding: rewritten, level: rewritten.level };
  return { outcome: "untouched", finding: nearest(findings, line, 1) ?? null };
}

function judgeLeak(row, findings) {
  const finding = nearest(
    findings.filter((one) => fitsKind(row, one)),
    Number(row.line),
    3,
  );
  if (finding === undefined) return { outcome: "not-found", finding: null };
  if (finding.action === "rewrite")
    return { finding, level: finding.level, outcome: judgeRewrite(row, finding) };
  return { finding, outcome: isRightlyLeft(row, finding) ? "rightly-left" : "left" };
}

function nearest(findings, line, reach) {
  const distance = (one) =>
    one.line <= line && line <= one.endLine ? 0 : Math.min(Math.abs(one.line - line), reach + 1);
  const span = (one) => one.endLine - one.line;
  return findings
    .filter((one) => distance(one) <= reach)
    .sort((a, b) => distance(a) - distance(b) || span(a) - span(b))[0];
}

function fitsKind(row, finding) {
  const known = kinds.find(([words]) => words.test(row.kind));
  return known === undefined || known[1].includes(finding.kind);
}

function judgeRewrite(row, finding) {
  if (row.fixable === "no") return "wrong";
  const owner = owners[row.scope] ?? { fits: [], wider: [] };
  // In a promise executor the function that waits is often synchronous: the root is the owner that outlives it.
  const isExecutor = /executor|callback/i.test(row.function_shape);
  if (owner.fits.includes(finding.fix) || (isExecutor && finding.fix === "root")) return "fixed";
  return owner.wider.includes(finding.fix) ? "fixed-wider" : "wrong";
}

function isRightlyLeft(row, finding) {
  if (["inert", "held"].includes(finding.verdict)) return false;
  if (row.fixable === "no") return true;
  const isCallers = row.scope === "caller" || row.scope === "none";
  return (row.fixable === "partly" || isCallers) && namesOwner(row, finding);
}

/** The verdict says the same about the owner as the person who labelled the row. */
function namesOwner({ ownership, scope }, { verdict }) {
  const said = `${ownership} ${scope}`;
  const agrees = {
    field: /\bfields?\b|class/,
    container: /registr|\bmap\b|collection|container/,
    "moved-out": /returned|resolved|yielded|handed|caller/,
    root: /module|registry|process/,
    unknown: /closed over|closure|passed|handed|escape|unbound, belongs/,
    daemon: /daemon/,
    sunk: /passed|pipeline/,
  }[verdict];
  return agrees?.test(said) ?? false;
}
