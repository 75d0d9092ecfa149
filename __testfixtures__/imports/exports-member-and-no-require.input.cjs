'use strict'

exports.whileWaiting = async function whileWaiting(upload) {
  const beat = setInterval(() => console.log('uploading'), 1000)
  await upload()
  clearInterval(beat)
}
