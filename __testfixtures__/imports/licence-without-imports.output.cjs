/*!
 * port-report
 * (c) 2024 The Port Authors, MIT licence
 */
"use strict";

const { atomicWriteFileSync } = require("resource-context");

exports.save = (ports) => atomicWriteFileSync("ports.json", JSON.stringify(ports));
