import { createReadStream, createWriteStream } from 'fs'
import path from 'path'
import { pipeline } from 'stream/promises'

export function archive(log: string, folder: string): Promise<void> {
  const source = createReadStream(log)
  const target = createWriteStream(path.join(folder, 'last.log'))
  return pipeline(source, target)
}
