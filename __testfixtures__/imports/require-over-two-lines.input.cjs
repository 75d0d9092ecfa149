var fs = require("node:fs"),
  path = require("node:path");

exports.save = (folder, text) => {
  fs.writeFileSync(path.join(folder, "port.txt"), text);
};
