const { spawn } = require("child_process");
const { once } = require("events");
const { ResourceContext } = require("resource-context");

exports.scan = async function scan(upload, quarantine) {
	const ctx = new ResourceContext();
	try {
		const scanner = ctx.process(spawn("clamscan", [upload]));
		await quarantine(upload);
		await once(scanner, "close");
	} finally {
		await ctx.disposeAsync();
	}
};
