// What happens to a program while its child runs; chosen by PAIR_SCENARIO.
const { existsSync } = require("node:fs");
const path = require("node:path");

const {
  PAIR_SCENARIO: scenario = "success",
  PAIR_CHILD: behaviour = "brief",
  PAIR_STARTED: started = "",
} = process.env;

exports.script = path.join(__dirname, "child.mjs");
exports.behaviour = scenario === "success" ? "brief" : behaviour;
exports.command = `"${process.execPath}" "${exports.script}" ${exports.behaviour}`;

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

async function childStarted() {
  while (!existsSync(started)) await pause();
}

/** For code that goes on while the child runs: the program fails, or is told to end. */
exports.misfortune = function misfortune() {
  if (scenario === "success") return;
  void childStarted().then(() => {
    if (scenario === "signal") console.log("ready");
    if (scenario === "throw")
      setTimeout(() => {
        throw new Error("the disk is full");
      });
    if (scenario === "reject") void Promise.reject(new Error("the disk is full"));
  });
};

/** For code that waits for something else before it waits for the child. */
exports.prepare = async function prepare() {
  if (scenario === "success") return pause();
  await childStarted();
  if (scenario === "signal") {
    console.log("ready");
    await new Promise(() => undefined);
  }
  if (scenario === "reject") return Promise.reject(new Error("the disk is full"));
  throw new TypeError("the disk is full");
};
