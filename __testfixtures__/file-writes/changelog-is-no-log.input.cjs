const { writeFileSync } = require("node:fs");

exports.release = (changelogPath, text) => {
  writeFileSync(changelogPath, text);
};
