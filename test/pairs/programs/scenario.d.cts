declare const scenario: {
  readonly script: string;
  readonly behaviour: string;
  readonly command: string;
  misfortune(): void;
  prepare(): Promise<void>;
};
export = scenario;
