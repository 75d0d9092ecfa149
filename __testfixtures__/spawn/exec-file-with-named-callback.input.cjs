"use strict";
const { execFile } = require("child_process");

/** @param {string} image @param {(error: Error | null, size: string) => void} callback */
exports.measure = function measure(image, callback) {
  execFile("identify", ["-format", "%wx%h", image], callback);
};
