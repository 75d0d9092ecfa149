'use strict'

const { ResourceContext } = require('resource-context')

exports.whileWaiting = async function whileWaiting(upload) {
  const ctx = new ResourceContext()
  try {
    const beat = ctx.timer(setInterval(() => console.log('uploading'), 1000))
    await upload()
    clearInterval(beat)
  }
  catch (error) {
    console.error(error)
  }
  finally {
    await ctx.disposeAsync()
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
  } finally {
    console.log('uploaded')
  }
}
