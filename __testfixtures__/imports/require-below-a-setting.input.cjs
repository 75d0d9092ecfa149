process.env.DEBUG = '0'

const { join } = require('node:path')
const { writeFileSync } = require('node:fs')
const main = require('node:events').once

module.exports = (folder, text) => {
  writeFileSync(join(folder, 'port.txt'), text)
  return main
}
