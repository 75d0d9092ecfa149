import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ResourceContext } from 'resource-context'

export async function bundle(target: string, prepare: () => Promise<void>): Promise<void> {
  const ctx = new ResourceContext()
  try {
    const compiler = spawn('tsc', [
      '--project',
      target,
    ])
    ctx.process(compiler)
    await prepare()
    await once(compiler, 'close')
  } finally {
    await ctx.disposeAsync()
  }
}
