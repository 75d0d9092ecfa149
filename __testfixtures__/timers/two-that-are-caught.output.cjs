'use strict'

const { ResourceContext } = require('resource-context')

exports.whileWaiting = async function whileWaiting(upload) {
  try {
    const ctx = new ResourceContext()
    try {
      const beat = ctx.timer(setInterval(() => console.log('uploading'), 1000))
      await upload()
      clearInterval(beat)
    } finally {
      await ctx.disposeAsync()
    }
  } catch (error) {
    console.error(error)
  }

  try {
    const ctx = new ResourceContext()
    try {
      const beat = ctx.timer(setInterval(() => console.log('uploading again'), 1000))
      await upload()
      clearInterval(beat)
    } finally {
      await ctx.disposeAsync()
    }
  } catch (error) {
    console.error(error)
  }
}
