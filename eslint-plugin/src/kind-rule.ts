import type { Rule } from "eslint";
import { resourceKinds, sentenceOf, type Kind, type SourceFinding } from "resource-codemod";
import { analysisOf } from "./analysis.js";
import { pageOf } from "./manifest.js";

/** Reports the resources of one kind that a check would count, each with its rewrite as a suggestion. */
export function kindRule(kind: Kind): Rule.RuleModule {
  const { noun } = resourceKinds[kind];
  return {
    meta: {
      type: "problem",
      docs: {
        description: `Require that every ${noun} is released on every path`,
        recommended: true,
        url: pageOf(`resources/${kind}.md`),
      },
      hasSuggestions: true,
      schema: [],
      messages: {
        unmanaged: "{{ sentence }}",
        rewrite: "Let a ResourceContext release it ({{ level }}: {{ meaning }}).",
      },
    },
    create: (context) => ({
      "Program:exit": () => {
        const analysis = analysisOf(context);
        if (analysis.status !== "analysed") return;
        for (const one of analysis.findings)
          if (one.isDrift && one.finding.acquisition.kind === kind) context.report(reportOf(one));
      },
    }),
  };
}

const meanings = {
  safe: "only error and exit paths change",
  likely: "a lifetime or something that can be observed may change",
  unsafe: "needs a human",
} as const;

function reportOf({ finding, edits }: SourceFinding): Rule.ReportDescriptor {
  const { line, column, endLine, endColumn } = finding.acquisition;
  const { level } = finding;
  return {
    loc: { start: { line, column: column - 1 }, end: { line: endLine, column: endColumn - 1 } },
    messageId: "unmanaged",
    data: { sentence: sentenceOf(finding) },
    suggest:
      edits.length === 0
        ? []
        : [
            {
              messageId: "rewrite",
              data: { level, meaning: meanings[level] },
              fix: (fixer) => edits.map(({ start, end, text }) => fixer.replaceTextRange([start, end], text)),
            },
          ],
  };
}
