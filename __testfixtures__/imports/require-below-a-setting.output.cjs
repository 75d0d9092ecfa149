process.env.DEBUG = '0'

const { join } = require('node:path')
const { atomicWriteFileSync } = require('resource-context')
const main = require('node:events').once

module.exports = (log, text) => {
  atomicWriteFileSync(join(log, 'port.txt'), text)
  return main
}
