// The least a jscodeshift transform must do to find the same calls: parse, visit, print what it would print.
const names = new Set(["spawn", "exec", "execFile", "fork", "writeFile", "writeFileSync"]);

module.exports = function transform(file, api) {
  const root = api.jscodeshift(file.source);
  const calls = root.find(api.jscodeshift.CallExpression, ({ callee }) =>
    names.has(callee.name ?? callee.property?.name),
  );
  return calls.length > 0 ? root.toSource() : undefined;
};
