import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {ResourceContext} from 'resource-context';

export async function upload(log) {
	const child = ResourceContext.root.process(spawn('upload', [log]));
	const [code] = await once(child, 'close');
	return code;
}
