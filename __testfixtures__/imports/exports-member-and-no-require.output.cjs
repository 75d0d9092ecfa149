'use strict'

const { ResourceContext } = require('resource-context')

exports.whileWaiting = async function whileWaiting(upload) {
  await using ctx = new ResourceContext()
  const beat = ctx.timer(setInterval(() => console.log('uploading'), 1000))
  await upload()
  clearInterval(beat)
}
