import { z } from 'zod'

/** The address of a site: scheme and host, nothing behind; as browsers send it in `Origin`. */
export const siteOrigin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && ['http:', 'https:'].includes(url.protocol) && url.origin === text.replace(/\/$/, '').toLowerCase()) return url.origin
  context.addIssue({
    code: 'custom',
    message: `${text} is not the address of a site. Write it as https://www.example.com, without a path.`,
  })
  return z.NEVER
})
