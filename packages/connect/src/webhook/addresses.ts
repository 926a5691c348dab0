import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Networks that no web address may lead to: this machine, inner networks, shared and special ranges (IANA's special-purpose registry). */
const SPECIAL_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
/** Of IPv6 only what is public: 2000::/3 without these. Addresses that wrap an IPv4 address lie outside of it, or are here. */
const PUBLIC_V6 = '2000::/3'
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Networks inside one's own that may be called all the same. */
export type AllowedNetworks = (address: string) => boolean

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    if (isIP(address) === 0) throw new Error(`“${network}” is no address and no network. Write for instance 10.1.0.0/16 or 127.0.0.1.`)
    const most = isIP(address) === 6 ? 128 : 32
    const prefix = bits === undefined ? most : Number(bits)
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > most || bits === '')
      throw new Error(`“${network}” is no network: after the slash comes a number from 0 to ${most}.`)
    list.addSubnet(address, prefix, family(address))
  }
  return list
}

const special = { v4: listOf(SPECIAL_V4), v6: listOf(SPECIAL_V6), public6: listOf([PUBLIC_V6]) }

/**
 * Networks that may be called though they are not public.
 * @param networks addresses or networks, e.g. `10.1.0.0/16`
 * @throws with what to write instead, for one that is neither
 */
export function allowedNetworks(networks: readonly string[]): AllowedNetworks {
  const list = listOf(networks)
  return (address) => list.check(address, family(address))
}

/** Is this address on the public internet? A text that is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.v4.check(address, 'ipv4')
    case 6:
      return special.public6.check(address, 'ipv6') && !special.v6.check(address, 'ipv6')
    default:
      return false
  }
}

/** Where a host may be reached, or why not. `blocked`: it never may; `unknown`: nobody knew the name just now. */
export type Resolved = { address: string; family: 4 | 6 } | { blocked: string } | { unknown: string }

/**
 * The one address that is connected to: the name is asked for once, so that it cannot mean another machine a moment later.
 * @param host as a URL has it, IPv6 in brackets
 */
export async function resolveHost(host: string, allowed: AllowedNetworks, resolve = lookup): Promise<Resolved> {
  const literal = host.replace(/^\[(.*)\]$/, '$1')
  const blocked = { blocked: `${host} is inside a private network. Steps may only call public addresses, or those an operator allowed.` }
  const may = (address: string) => isPublicAddress(address) || allowed(address)
  if (isIP(literal)) return may(literal) ? { address: literal, family: isIP(literal) === 6 ? 6 : 4 } : blocked
  try {
    const found = await resolve(literal, { all: true })
    const first = found.find((it) => may(it.address))
    if (first) return { address: first.address, family: first.family === 6 ? 6 : 4 }
    return found.length > 0 ? blocked : { unknown: `Nobody knows where ${host} is. Check the address.` }
  } catch {
    return { unknown: `Nobody knows where ${host} is. Check the address.` }
  }
}
