'use strict'

exports.whileWaiting = async function whileWaiting(upload) {
  try {
    const beat = setInterval(() => console.log('uploading'), 1000)
    await upload()
    clearInterval(beat)
  } catch (error) {
    console.error(error)
  }

  try {
    const beat = setInterval(() => console.log('uploading again'), 1000)
    await upload()
    clearInterval(beat)
  } catch (error) {
    console.error(error)
  }
}
