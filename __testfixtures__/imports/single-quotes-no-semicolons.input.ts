import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const cache = (key: string, body: string) => writeFile(join('cache', key), body)
