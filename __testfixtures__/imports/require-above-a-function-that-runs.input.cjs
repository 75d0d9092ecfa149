const fs = require('node:fs');

// Every port has a file of its own.
(function savePorts(ports) {
  for (const port of ports) fs.writeFileSync(`${port}.txt`, 'free')
})([8080, 8443])
