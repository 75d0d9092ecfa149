exports.notify = function notify(message, onShown) {
  require("child_process").execFile("notify-send", [message], (error) => onShown(error === null));
};
