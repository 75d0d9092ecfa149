export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function retryLater(retry: () => void): void {
  setTimeout(retry, 1000);
}
