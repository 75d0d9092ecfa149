import { spawn } from 'node:child_process'
import { ResourceContext } from 'resource-context'

export const deploy = (target: string, onDone: (ok: boolean) => void) => {
  const ship = ResourceContext.root.process(spawn('ship', ['--to', target]))
  ship.on('close', code => onDone(code === 0))
}
