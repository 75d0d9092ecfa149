import { whileWaiting } from "./progress.js";

export default {
  fetch: (request: Request): Promise<Response> => whileWaiting(() => fetch(request)),
};
