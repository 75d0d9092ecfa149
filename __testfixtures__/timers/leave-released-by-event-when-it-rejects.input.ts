export async function answer(ask: (done: (text: string) => void) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), 5000);
    ask((text) => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
