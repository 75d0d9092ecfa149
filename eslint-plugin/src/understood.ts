import type { Rule } from "eslint";
import { analysisOf } from "./analysis.js";
import { pageOf } from "./manifest.js";

/** Reports what could not be analysed or rewritten: silence there would look like "nothing found". */
export const understood: Rule.RuleModule = {
  meta: {
    type: "problem",
    docs: {
      description:
        "Require that resource-codemod can analyse the file, and that its rewrites pass its checks",
      recommended: true,
      url: pageOf("guides/eslint.md"),
    },
    schema: [],
    messages: {
      failed: "This file cannot be analysed ({{ stage }}): {{ error }}",
      refused: "The rewrite of this site did not pass a check ({{ problem }}). Change it by hand.",
    },
  },
  create: (context) => ({
    "Program:exit": () => {
      const analysis = analysisOf(context);
      if (analysis.status === "failed") {
        const { stage, error } = analysis;
        context.report({ loc: { line: 1, column: 0 }, messageId: "failed", data: { stage, error } });
      }
      if (analysis.status !== "analysed") return;
      for (const { finding, problem } of analysis.findings) {
        const { line, column } = finding.acquisition;
        const loc = { line, column: column - 1 };
        if (problem !== null) context.report({ loc, messageId: "refused", data: { problem } });
      }
    },
  }),
};
