const fs = require("fs");
const { atomicWriteFileSync } = require("resource-context");

exports.load = (path) => fs.readFileSync(path, "utf8");

exports.save = (path, text) => {
  const fs = require("fs");
  if (!fs.existsSync(path)) atomicWriteFileSync(path, text);
};
