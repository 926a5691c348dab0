import { resolve } from 'node:path'
import { allowedNetworks } from '@baton/connect'
import type { NodeAddresses } from '@baton/db'
import { z } from 'zod'

/** The settings of the process, as read from the environment. Secrets live in the database, made at the first start. */
export interface Config {
  host: string
  /** 0 takes any free port. */
  port: number
  /** The folder of what this machine keeps: the embedded database, uploads, exports; absolute. */
  dataDir: string
  database:
    | { kind: 'embedded' }
    | { kind: 'memory' }
    /** `nodes`: how the machines are reached where Citus has spread it. */
    | { kind: 'postgres'; url: string; nodes?: NodeAddresses | undefined }
  /** smtp:// or smtps://; null keeps mail in the Outbox page. */
  smtpUrl: string | null
  /** The address people and mail links use, without a slash at the end; null: http://localhost and the port. */
  baseUrl: string | null
  /** What Express calls "trust proxy": false, a number of hops, or a list of addresses. */
  trustProxy: false | number | string[]
  /** Addresses and networks inside one's own that steps may call. */
  allowAddresses: string[]
  logLevel: (typeof LEVELS)[number]
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** One variable: its default as shown, and one line for `baton serve --help`. */
export const VARIABLES = {
  HOST: { initial: '127.0.0.1', help: 'Address to listen on. 0.0.0.0 lets other machines in.' },
  PORT: { initial: '3000', help: 'Port to listen on; 0 takes any free one.' },
  DATA_DIR: { initial: './data', help: 'Folder of the embedded database, of uploads and of exports.' },
  DATABASE_URL: {
    initial: '',
    help: 'postgres://user:password@host:5432/name. Empty: the embedded database, for trying out; production wants PostgreSQL.',
  },
  DATABASE_NODES: {
    initial: '',
    help: 'Only with Citus. "coordinator": everything passes through it. Or other addresses of its machines, e.g. node1:5432=10.0.0.5:6432,…',
  },
  SMTP_URL: { initial: '', help: 'smtp://user:password@host:587 or smtps://…:465. Empty: mail is kept in the Outbox page and not sent.' },
  BASE_URL: {
    initial: '',
    help: 'The address people open and mail links point to, e.g. https://baton.example.com. Empty: http://localhost:PORT.',
  },
  TRUST_PROXY: { initial: '', help: 'Number of proxies in front, or their addresses separated by commas. Empty: none.' },
  ALLOW_ADDRESSES: {
    initial: '',
    help: 'Private addresses or networks that steps may call, separated by commas, e.g. 10.1.0.0/16. Empty: only public ones.',
  },
  LOG_LEVEL: { initial: 'info', help: `How much to log: ${LEVELS.join(', ')}.` },
} as const

/** The value of a variable that is wrong, each as a line that says what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const isUrl = (protocols: readonly string[]) => (text: string) => {
  // A PostgreSQL URL may name a socket and no host, which the URL class refuses.
  if (protocols.includes('postgres:') && /^postgres(ql)?:\/\/[^/]*@?\/[^?]+\?/.test(text)) return true
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

const database = z
  .string()
  .refine(
    (text) => text === '' || text === 'memory://' || isUrl(['postgres:', 'postgresql:'])(text),
    'is not a PostgreSQL address. Write postgres://user:password@host:5432/name, or leave it empty for the embedded database.',
  )
  .transform((text): Config['database'] => {
    if (text === '') return { kind: 'embedded' }
    return text === 'memory://' ? { kind: 'memory' } : { kind: 'postgres', url: text }
  })

const NODE = /^\S+:\d+$/

const nodes = z
  .string()
  .refine(
    (text) => text === 'coordinator' || text.split(',').every((pair) => pair === '' || pair.split('=').every((it) => NODE.test(it.trim()))),
    'is not "coordinator", nor pairs of addresses. Write for instance node1:5432=10.0.0.5:6432,node2:5432=10.0.0.6:6432.',
  )
  .transform((text): NodeAddresses | undefined => {
    if (text === '' || text === 'coordinator') return text || undefined
    const pairs = text.split(',').flatMap((pair) => {
      const [known = '', way] = pair.split('=').map((it) => it.trim())
      return way === undefined ? [] : [[known, way] as const]
    })
    return Object.fromEntries(pairs)
  })

const baseUrl = z
  .string()
  .refine(
    (text) => text === '' || (isUrl(['http:', 'https:'])(text) && new URL(text).pathname === '/' && new URL(text).search === ''),
    'is not a web address without a path. Write for instance https://baton.example.com.',
  )
  .transform((text) => (text === '' ? null : new URL(text).origin))

function areNetworks(networks: string[]): boolean {
  try {
    allowedNetworks(networks)
    return true
  } catch {
    return false
  }
}

const environment = z.object({
  HOST: z.string().min(1, 'is empty. Write an address such as 127.0.0.1, or leave it out.'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'is not a port. Write a number from 0 to 65535.')
    .transform(Number)
    .refine((port) => port <= 65535, 'is not a port. Write a number from 0 to 65535.'),
  DATA_DIR: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
  DATABASE_URL: database,
  DATABASE_NODES: nodes,
  SMTP_URL: z
    .string()
    .refine(
      (text) => text === '' || isUrl(['smtp:', 'smtps:'])(text),
      'is not a mail server address. Write smtp://user:password@host:587 or smtps://user:password@host:465.',
    )
    .transform((text) => (text === '' ? null : text)),
  BASE_URL: baseUrl,
  TRUST_PROXY: z.string().transform((text): Config['trustProxy'] => {
    if (text === '' || text === '0') return false
    return /^\d+$/.test(text) ? Number(text) : text.split(',').map((part) => part.trim())
  }),
  ALLOW_ADDRESSES: z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine(areNetworks, 'is not a list of addresses or networks. Write for instance 10.1.0.0/16,192.168.1.7.'),
  LOG_LEVEL: z.enum(LEVELS, `is not a level. Write one of ${LEVELS.join(', ')}.`),
})

/**
 * The configuration from environment variables; a variable that is missing or blank has its default.
 * @throws ConfigError with one line per variable that is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(VARIABLES).map(([name, { initial }]) => [name, env[name]?.trim() || initial])
  const parsed = environment.safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'))
  }
  const { HOST, PORT, DATA_DIR, DATABASE_URL, DATABASE_NODES, SMTP_URL, BASE_URL, TRUST_PROXY, ALLOW_ADDRESSES, LOG_LEVEL } = parsed.data
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    database: DATABASE_URL.kind === 'postgres' && DATABASE_NODES ? { ...DATABASE_URL, nodes: DATABASE_NODES } : DATABASE_URL,
    smtpUrl: SMTP_URL,
    baseUrl: BASE_URL,
    trustProxy: TRUST_PROXY,
    allowAddresses: ALLOW_ADDRESSES,
    logLevel: LOG_LEVEL,
  }
}

/** The variables with their defaults and meanings, as `baton serve --help` prints them. */
export function describeVariables(): string {
  const rows = Object.entries(VARIABLES).map(([name, { initial, help }]) => `  ${name.padEnd(15)} ${help}${initial ? ` [${initial}]` : ''}`)
  return ['Environment:', ...rows].join('\n')
}
