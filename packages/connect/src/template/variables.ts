import type { CompiledTemplate } from './compile.ts'

/** A variable that will always be empty, and what to write instead. */
export type VariableProblem = { variable: string; message: string }

const BUILT_IN = ['unsubscribe_url', 'preferences_url', 'footer', 'now', 'time_zone']
const sameLetters = (one: string, other: string): boolean => fold(one) === fold(other)
const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The variables of a template that nothing fills: roots that do not exist, contact fields that are not in the list.
 * @param contactFields the keys of `contact.*`; only the first level is checked
 * @param moreRoots further roots that the caller passes to `renderMail` as `more`
 */
export function unknownVariables(
  { variables }: Pick<CompiledTemplate, 'variables'>,
  contactFields: readonly string[],
  moreRoots: readonly string[] = [],
): VariableProblem[] {
  const roots = ['contact', 'workspace', ...BUILT_IN, ...moreRoots]
  return variables.flatMap((variable) => {
    const [root = '', field] = variable.split('.')
    if (!roots.includes(root)) {
      const meant = contactFields.find((known) => sameLetters(known, root)) ?? root
      return [{ variable, message: `“${variable}” does not exist. Fields of a person are written contact.${meant}.` }]
    }
    if (root !== 'contact' || field === undefined || contactFields.includes(field)) return []
    const meant = contactFields.find((known) => sameLetters(known, field))
    const hint = meant ? `Write contact.${meant}.` : 'Correct the name, or add the field first.'
    return [{ variable, message: `There is no field “${field}”. ${hint}` }]
  })
}
