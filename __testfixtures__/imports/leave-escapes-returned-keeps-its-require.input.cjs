const { spawn } = require("child_process");

module.exports = (port) => spawn("serve", ["-l", String(port)]);
