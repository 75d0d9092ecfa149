import {spawn} from 'node:child_process';
import {once} from 'node:events';

export async function upload(log) {
	const child = spawn('upload', [log]);
	const [code] = await once(child, 'close');
	return code;
}
