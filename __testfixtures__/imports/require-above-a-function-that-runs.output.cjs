const { atomicWriteFileSync } = require('resource-context');

// Every port has a file of its own.
(function savePorts(ports) {
  for (const port of ports) atomicWriteFileSync(`${port}.txt`, 'free')
})([8080, 8443])
