import type { Rule } from "eslint";
import { analysisOf } from "./analysis.js";
import { pageOf } from "./manifest.js";

/** Reports `resource-codemod-ignore` comments that are wrong, and those that accept nothing any more. */
export const suppressions: Rule.RuleModule = {
  meta: {
    type: "suggestion",
    docs: {
      description:
        "Require that every resource-codemod-ignore comment is understood, gives a reason and is used",
      recommended: true,
      url: pageOf("guides/eslint.md"),
    },
    schema: [],
    messages: { remark: "{{ message }}" },
  },
  create: (context) => ({
    "Program:exit": () => {
      const analysis = analysisOf(context);
      if (analysis.status !== "analysed") return;
      for (const { line, message } of analysis.remarks)
        context.report({ loc: { line, column: 0 }, messageId: "remark", data: { message } });
    },
  }),
};
