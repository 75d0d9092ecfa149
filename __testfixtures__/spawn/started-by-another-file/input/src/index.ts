export { startEncoder as encode } from "./encoder.js";
