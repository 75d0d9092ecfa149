import cp = require("child_process");

const server = cp.spawn("serve", ["-l", "8080"]);

export = server;
