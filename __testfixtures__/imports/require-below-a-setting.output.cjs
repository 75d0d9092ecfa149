process.env.DEBUG = '0'

const { join } = require('node:path')
const main = require('node:events').once
const { atomicWriteFileSync } = require('resource-context')

module.exports = (log, text) => {
  atomicWriteFileSync(join(log, 'port.txt'), text)
  return main
}
