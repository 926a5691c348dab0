/** MJML 5 brings no types, and those published for version 4 call it synchronous. */
declare module 'mjml' {
  export type MjmlError = { line: number; message: string; tagName: string }
  export type MjmlOptions = {
    validationLevel: 'soft' | 'strict' | 'skip'
    fonts: Record<string, string>
    ignoreIncludes: boolean
    keepComments: boolean
  }
  export default function mjml2html(source: string, options: MjmlOptions): Promise<{ html: string; errors: MjmlError[] }>
}
