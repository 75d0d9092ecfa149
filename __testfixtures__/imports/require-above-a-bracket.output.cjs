const { atomicWriteFileSync } = require('resource-context');[8080, 8443].forEach((port) => atomicWriteFileSync(`${port}.txt`, 'free'))
