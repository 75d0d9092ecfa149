"use strict";

const { mkdirSync, writeFileSync } = require("fs");

exports.writeManifest = function writeManifest(folder, files) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/manifest.json`, JSON.stringify(files));
};
