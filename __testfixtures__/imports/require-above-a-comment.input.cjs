'use strict'

const fs = require('node:fs')

/**
 * @param {string} file
 * @param {number} port
 */
exports.savePort = function savePort (file, port) {
  fs.writeFileSync(file, String(port))
}
