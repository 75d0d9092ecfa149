import { join } from 'node:path'
import { atomicWriteFile } from 'resource-context'

export const cache = (key: string, body: string) => atomicWriteFile(join('cache', key), body)
