const { atomicWriteFile } = require("resource-context");

exports.saveReport = (path, lines) => atomicWriteFile(path, lines.join("\n"));
