/** What a party does in its turn: answer, put something forward, let the turn pass, or leave the talks. */
export type Move =
  | { readonly type: 'offer'; readonly outcome: number; readonly says?: string }
  | { readonly type: 'accept'; readonly says?: string }
  | { readonly type: 'reject' }
  | { readonly type: 'pass' }
  | { readonly type: 'walk'; readonly why: string };
