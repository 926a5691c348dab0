import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A small disk of one's own that can be filled to the last byte and emptied again. */
export interface Disk {
  dir: string
  /** Leaves so many bytes, rounded to pages. */
  fill(left: number): void
  /** There is room again. */
  free(): void
  close(): Promise<void>
}

const BALLAST = 'ballast'

const isFull = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOSPC'

/** Mounts a file system in memory of `megabytes`. Only root may. @returns undefined where it is not allowed */
export async function openDisk(megabytes: number): Promise<Disk | undefined> {
  const dir = mkdtempSync(join(tmpdir(), 'disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir])
  } catch {
    rmSync(dir, { recursive: true })
    return undefined
  }
  const ballast = join(dir, BALLAST)
  const home = join(dir, 'home')
  mkdirSync(home)
  return {
    dir: home,
    fill(left) {
      const { bavail, bsize } = statfsSync(dir)
      try {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left)), { flag: 'a' })
      } catch (error) {
        // Somebody else wrote meanwhile: then it is as full as it can be.
        if (!isFull(error)) throw error
      }
    },
    free: () => rmSync(ballast, { force: true }),
    async close() {
      await run('umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
