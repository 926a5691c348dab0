/** Part of a sentence: plain glue, something the author chose, or a choice still to be made. */
export interface SentencePart {
  text: string
  kind: 'plain' | 'strong' | 'missing'
}
export type Sentence = readonly SentencePart[]
