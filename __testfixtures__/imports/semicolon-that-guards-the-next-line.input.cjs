const { execFile } = require('node:child_process')
const fs = require('node:fs')

// Every port has a file of its own.
;[8080, 8443].forEach((port) => fs.writeFileSync(`${port}.txt`, 'free'))

execFile('reload', [], () => fs.readFileSync('8080.txt'))
