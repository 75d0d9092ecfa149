const { ResourceContext } = require("resource-context");

exports.notify = function notify(message, onShown) {
  ResourceContext.root.process(require("child_process").execFile("notify-send", [message], (error) => onShown(error === null)));
};
