import { createReadStream, createWriteStream } from 'fs'
import path from 'path'

export function archive(log: string, folder: string): Promise<void> {
  const source = createReadStream(log)
  const target = createWriteStream(path.join(folder, 'last.log'))
  return new Promise((resolve, reject) => {
    source.on('error', reject)
    source.pipe(target).on('error', (error) => reject(error)).on('close', () => resolve())
  })
}
