import type { Span } from "../types.js";

/**
 * Insertions at one offset, from left to right: what closes an expression before it (inner ones first),
 * what closes a block, what declares something, what opens an expression behind it (outer ones first).
 */
const band = { statement: 5e8, block: 1e9, declaration: 2e9, expression: 4e9 } as const;

/** Of two insertions around the very same expression the outer one has the higher layer. */
export type Layer = 0 | 1;

export function closing(span: Span, layer: Layer): number {
  return (span.end - span.start) * 2 + layer;
}

export function opening(span: Span, layer: Layer): number {
  return band.expression - (span.end - span.start) * 2 - layer;
}

/** The inner of two blocks that end at one offset has the smaller span. */
export function blockEnd(block: Span): number {
  return band.block + (block.end - block.start);
}

/** A statement behind the last one of a block. */
export const lastStatement: number = band.statement;

export const declaration: number = band.declaration;
