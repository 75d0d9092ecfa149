var fs = require("node:fs"),
  path = require("node:path");
const { atomicWriteFileSync } = require("resource-context");

exports.save = (folder, text) => {
  atomicWriteFileSync(path.join(folder, "port.txt"), text);
};
