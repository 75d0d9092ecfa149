import {Worker} from 'node:worker_threads';
import {ResourceContext} from 'resource-context';

const launched = new Map();

export async function launch(filename, ready) {
	await using ctx = new ResourceContext();
	const worker = ctx.worker(new Worker(filename));
	await ready();
	launched.set(filename, ctx.disown(worker));
	worker.once('exit', () => launched.delete(filename));
	return worker;
}
