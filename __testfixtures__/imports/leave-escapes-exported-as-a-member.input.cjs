'use strict'

const { createServer } = require('node:http')

exports.server = createServer((request, response) => response.end('ok'))
