/*!
 * port-report
 * (c) 2024 The Port Authors, MIT licence
 */
"use strict";

exports.save = (ports) => require("fs").writeFileSync("ports.json", JSON.stringify(ports));
