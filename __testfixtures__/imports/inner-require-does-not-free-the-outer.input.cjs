const fs = require("fs");

exports.load = (path) => fs.readFileSync(path, "utf8");

exports.save = (path, text) => {
  const fs = require("fs");
  if (!fs.existsSync(path)) fs.writeFileSync(path, text);
};
