process.env.DEBUG = '0'

const { join } = require('node:path')
const main = require('node:events').once
const { atomicWriteFileSync } = require('resource-context')

module.exports = (folder, text) => {
  atomicWriteFileSync(join(folder, 'port.txt'), text)
  return main
}
