const { spawn } = require("child_process");
const { once } = require("events");

exports.scan = async function scan(upload, quarantine) {
	const scanner = spawn("clamscan", [upload]);
	await quarantine(upload);
	await once(scanner, "close");
};
