const { atomicWriteFileSync } = require('resource-context')

// Every port has a file of its own.
;[8080, 8443].forEach((port) => atomicWriteFileSync(`${port}.txt`, 'free'))
