function setInterval(work: () => void): void {
  work();
}

export function runOnce(work: () => void): void {
  setInterval(work);
}
