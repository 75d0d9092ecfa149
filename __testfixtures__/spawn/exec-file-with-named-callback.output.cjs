"use strict";
const { execFile } = require("child_process");
const { ResourceContext } = require("resource-context");

/** @param {string} image @param {(error: Error | null, size: string) => void} callback */
exports.measure = function measure(image, callback) {
  ResourceContext.root.process(execFile("identify", ["-format", "%wx%h", image], callback));
};
