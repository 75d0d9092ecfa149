"use strict";
const fs = require("fs");
const { pipeline } = require("stream/promises");

exports.download = async function (request, file) {
  const response = await request();
  const target = fs.createWriteStream(file);
  await pipeline(response.body, target);
  return target.bytesWritten;
};
