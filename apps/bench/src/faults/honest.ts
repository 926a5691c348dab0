import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'

const BACK_WITHIN = 20_000

/** Waits until a server says by itself that all is well. @throws Error when it does not */
export async function untilWell(url: string): Promise<void> {
  const until = performance.now() + BACK_WITHIN
  while (!(await fetch(`${url}/healthz`)).ok) {
    if (performance.now() > until) throw new Error(`The server was not well ${BACK_WITHIN / 1000} s after the fault was over`)
    await pause(50)
  }
}

/** Nobody may hear anything but "not stored, again": the server stays up, and answers. */
export function honest({ trouble }: Client): string[] {
  return trouble
    .filter(({ status, said }) => status !== 503 || !/try again/i.test(said))
    .map(({ status, said }) => `A client heard ${status ?? 'nothing'}: ${said.slice(0, 200)}`)
}
