"use strict";
const fs = require("fs");
const { finished } = require("stream/promises");

exports.download = async function (request, file) {
  const response = await request();
  const target = fs.createWriteStream(file);
  response.body.pipe(target);
  await finished(target);
  return target.bytesWritten;
};
