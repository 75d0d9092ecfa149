'use strict'

const { atomicWriteFileSync } = require('resource-context')

/**
 * @param {string} file
 * @param {number} port
 */
exports.savePort = function savePort (file, port) {
  atomicWriteFileSync(file, String(port))
}
