const { promises: { writeFile } } = require("fs");

exports.saveReport = (path, lines) => writeFile(path, lines.join("\n"));
