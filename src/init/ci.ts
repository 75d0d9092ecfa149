/** What a CI file needs to know. */
export interface Pinned {
  readonly version: string;
  /** Arguments that lead to the project, each after a space. */
  readonly place: string;
}

export type CiName = "github" | "gitlab";

/** Runs on Node as it is: a check compiles nothing, and reads no installed package. */
export const ciFiles: Readonly<
  Record<CiName, { readonly path: string; readonly text: (pinned: Pinned) => string }>
> = {
  github: {
    path: ".github/workflows/resource-codemod.yml",
    text: ({ version, place }) => `name: resource-codemod
on:
  pull_request:
  push:
    branches: [main, master]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Exit code 1: a resource that nobody releases is new. Exit code 2: the answer cannot be trusted.
      - run: npx --yes resource-codemod@${version} --check --reporter github${place}
`,
  },
  gitlab: {
    path: ".gitlab/resource-codemod.yml",
    text: ({ version, place }) => `resource-codemod:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    # Exit code 1: a resource that nobody releases is new. Exit code 2: the answer cannot be trusted.
    - npx --yes resource-codemod@${version} --check --reporter gitlab=gl-code-quality-report.json${place}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
  },
};

/** What takes the job into the pipeline, where that file is there already. */
export const gitlabInclude = `include:
  - local: ${ciFiles.gitlab.path}
`;
