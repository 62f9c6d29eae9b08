/** Trouble that the user can mend: a strategy that does not exist, a variation that cannot be, a journal that is broken. */
export class ComparisonRefusal extends Error {
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'ComparisonRefusal';
    this.hint = hint;
  }
}
