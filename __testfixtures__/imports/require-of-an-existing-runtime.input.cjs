const fs = require("fs");
const { ResourceContext } = require("resource-context");

exports.saveAll = async (reports) => {
  await using ctx = new ResourceContext();
  for (const { path, html } of reports) fs.writeFileSync(path, html);
  return ctx;
};
