const { ResourceContext, atomicWriteFileSync } = require("resource-context");

exports.saveAll = async (reports) => {
  await using ctx = new ResourceContext();
  for (const { path, html } of reports) atomicWriteFileSync(path, html);
  return ctx;
};
