export const runtime = "edge";

export async function GET(request: Request): Promise<Response> {
  const beat = setInterval(() => console.log("waiting"), 1000);
  const answer = await fetch(new URL("/status", request.url));
  clearInterval(beat);
  return answer;
}
