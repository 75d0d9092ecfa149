'use strict'

const { execSync } = require('node:child_process')
const { writeFileSync } = require('node:fs')

if (process.argv[2] === '--docker') {
  let command = 'docker run --rm'
  command += ` --mount type=bind,source=${process.cwd()},target=/home node:22 node likely-starts-itself-in-a-container.cjs`
  execSync(command)
} else {
  writeFileSync('ports.json', JSON.stringify([8080, 8443]))
}
