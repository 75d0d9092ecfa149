const fse = require("fs-extra");

exports.savePorts = async (folder, ports) => {
  await fse.outputJson(`${folder}/ports.json`, ports);
  await fse.outputJSON(`${folder}/copy.json`, ports, { spaces: 2 });
  fse.outputJsonSync(`${folder}/last.json`, ports);
  fse.outputJSONSync(`${folder}/first.json`, ports);
};
