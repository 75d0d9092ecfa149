"use client";

export function startClock(tick: () => void): void {
  setInterval(tick, 1000);
}
