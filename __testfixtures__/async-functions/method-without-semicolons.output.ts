import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ResourceContext } from 'resource-context'

export class Deployment {
    constructor(private readonly host: string) {}

    async run(upload: () => Promise<void>) {
        const ctx = new ResourceContext()
        try {
            const ssh = ctx.process(spawn('ssh', [this.host, 'deploy']))
            await upload()
            await once(ssh, 'close')
        } finally {
            await ctx.disposeAsync()
        }
    }
}
