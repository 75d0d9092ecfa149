const fs = require('node:fs')

// Every port has a file of its own.
;[8080, 8443].forEach((port) => fs.writeFileSync(`${port}.txt`, 'free'))
