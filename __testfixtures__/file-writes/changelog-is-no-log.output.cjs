const { atomicWriteFileSync } = require("resource-context");

exports.release = (changelogPath, text) => {
  atomicWriteFileSync(changelogPath, text);
};
