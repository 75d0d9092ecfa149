"use strict";

const { mkdirSync } = require("fs");
const { atomicWriteFileSync } = require("resource-context");

exports.writeManifest = function writeManifest(folder, files) {
  mkdirSync(folder, { recursive: true });
  atomicWriteFileSync(`${folder}/manifest.json`, JSON.stringify(files));
};
