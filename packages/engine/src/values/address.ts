import { z } from 'zod'

const address = z.url({ protocol: /^https?$/, normalize: true }).max(2000)

/** The parts of a web address that decide whether it may be called; undefined where it is none. */
export function readAddress(url: string): { scheme: string; host: string; signedIn: boolean; href: string } | undefined {
  const read = address.safeParse(url.trim())
  if (!read.success) return undefined
  const [, scheme = '', authority = ''] = /^(https?):\/\/([^/?#]*)/.exec(read.data) ?? []
  const at = authority.lastIndexOf('@')
  const host = authority.slice(at + 1).replace(/:\d+$/, '')
  return host === '' ? undefined : { scheme, host: host.toLowerCase(), signedIn: at !== -1, href: read.data }
}

/** Where clouds keep the keys of a machine: never a place for people's data. The names and numbers are those the providers document. */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  'metadata.google.internal',
  'metadata.goog',
  '[fd00:ec2::254]',
  '[::ffff:a9fe:a9fe]',
])

const isMetadata = (host: string): boolean => METADATA.has(host.replace(/\.$/, '')) || host.startsWith('169.254.')

/**
 * Does a host, as written, lie within one's own network? For a warning before launch only: names are resolved, and the numbers they
 * lead to guarded, when the call is made. Addresses come normalised, so that 0x7f000001 and 2130706433 are 127.0.0.1 here.
 */
export function isInside(host: string): boolean {
  const name = host.replace(/\.$/, '')
  if (name.startsWith('[')) {
    return name === '[::1]' || name === '[::]' || /^\[(?:f[cd]|fe[89ab])/.test(name) || name.startsWith('[::ffff:')
  }
  const [a = '', b = ''] = name.split('.')
  if (/^\d+(\.\d+){3}$/.test(name)) {
    const second = Number(b)
    if (['0', '10', '127'].includes(a)) return true
    return (
      (a === '172' && second >= 16 && second <= 31) || (a === '192' && second === 168) || (a === '100' && second >= 64 && second <= 127)
    )
  }
  return name === 'localhost' || !name.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(name)
}

/** Why an address cannot be called at all. */
export function addressProblem(url: string): string | undefined {
  if (url.trim() === '') return 'Give the web address to call, such as https://example.com/hook.'
  const read = readAddress(url)
  if (!read) return 'This is no web address. Write it like https://example.com/hook.'
  if (read.signedIn) return 'Leave user name and password out of the address. Keep them as a secret.'
  if (!isMetadata(read.host)) return undefined
  return `${read.host} is where a cloud keeps its own keys. It is never called. Choose another address.`
}
