const { spawnSync } = require("child_process");

exports.hasDocker = () => spawnSync("docker", ["--version"]).status === 0;
