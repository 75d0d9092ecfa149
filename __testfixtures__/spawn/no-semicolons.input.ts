import { spawn } from 'node:child_process'

export const deploy = (target: string, onDone: (ok: boolean) => void) => {
  const ship = spawn('ship', ['--to', target])
  ship.on('close', code => onDone(code === 0))
}
