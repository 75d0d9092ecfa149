const { execFile } = require('node:child_process')
const fs = require('node:fs')
const { ResourceContext, atomicWriteFileSync } = require('resource-context')

// Every port has a file of its own.
;[8080, 8443].forEach((port) => atomicWriteFileSync(`${port}.txt`, 'free'))

ResourceContext.root.process(execFile('reload', [], () => fs.readFileSync('8080.txt')))
