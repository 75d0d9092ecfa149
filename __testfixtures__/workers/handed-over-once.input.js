import {Worker} from 'node:worker_threads';

const launched = new Map();

export async function launch(filename, ready) {
	const worker = new Worker(filename);
	await ready();
	launched.set(filename, worker);
	worker.once('exit', () => launched.delete(filename));
	return worker;
}
