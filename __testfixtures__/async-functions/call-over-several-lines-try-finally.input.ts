import { spawn } from 'node:child_process'
import { once } from 'node:events'

export async function bundle(target: string, prepare: () => Promise<void>): Promise<void> {
  const compiler = spawn('tsc', [
    '--project',
    target,
  ])
  await prepare()
  await once(compiler, 'close')
}
