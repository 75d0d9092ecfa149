import { spawn } from 'node:child_process'
import { once } from 'node:events'

export class Deployment {
    constructor(private readonly host: string) {}

    async run(upload: () => Promise<void>) {
        const ssh = spawn('ssh', [this.host, 'deploy'])
        await upload()
        await once(ssh, 'close')
    }
}
