interface Handler {
  fetch(request: Request): Promise<Response>;
}

export default {
  async fetch(request) {
    const beat = setInterval(() => console.log("waiting"), 1000);
    const answer = await fetch(new URL("/status", request.url));
    clearInterval(beat);
    return answer;
  },
} satisfies Handler;
