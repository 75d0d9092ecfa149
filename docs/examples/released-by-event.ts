export function waitForPort(isOpen: () => boolean, onOpen: () => void): void {
  const timer = setInterval(() => {
    if (!isOpen()) return;
    clearInterval(timer);
    onOpen();
  }, 100);
}
