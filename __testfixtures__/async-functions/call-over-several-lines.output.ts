import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ResourceContext } from 'resource-context'

export async function build(target: string, prepare: () => Promise<void>): Promise<void> {
  await using ctx = new ResourceContext()
  const compiler = spawn('tsc', [
    '--project',
    target,
  ])
  ctx.process(compiler)
  await prepare()
  await once(compiler, 'close')
}
