import { readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import express, { type RequestHandler, type Response, Router } from 'express'

const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

/** Every file under a folder as a path of the site, `/assets/index-abc.js`. */
function filesOf(root: string): Set<string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Set(files.map((entry) => `/${relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')}`))
}

/** Sends `x.js.br` for `x.js` where the build left one and the browser takes it. */
function precompressed(files: ReadonlySet<string>): RequestHandler {
  return (req, res, next) => {
    const best = ENCODINGS.find(({ name, suffix }) => files.has(req.path + suffix) && req.acceptsEncodings(name) !== false)
    if (best) {
      res.type(extname(req.path))
      res.setHeader('Content-Encoding', best.name)
      res.vary('Accept-Encoding')
      req.url = req.path + best.suffix
    }
    next()
  }
}

/** What the build named by its content never changes; everything else is asked for again each time. */
function caching(res: Response, path: string): void {
  const named = path.split(sep).includes('assets')
  res.setHeader('Cache-Control', named ? 'public, max-age=31536000, immutable' : 'no-cache')
}

/** Whether a path that is no file can only have meant one: what the build made, and names in the root with an ending, `/favicon.ico`. */
const meansFile = (path: string) => path.startsWith('/assets/') || (path.lastIndexOf('/') === 0 && extname(path) !== '')

/**
 * The built web pages: files as they are, and index.html for every address of the app (SPA). Those may end in an id with a dot,
 * `/companies/kystfrakt.example`: ids come from elsewhere.
 * @param root the folder of index.html; undefined when it was never built, which the answer then says
 */
export function webPages(root: string | undefined): RequestHandler {
  const pages = Router()
  if (root === undefined) {
    return pages.get('/', (_req, res) => {
      res.status(503).type('text').send('The web pages are not built yet. Run: npm start\n')
    })
  }
  pages.use(precompressed(filesOf(root)), express.static(root, { index: false, redirect: false, setHeaders: caching }))
  return pages.get('/{*path}', (req, res, next) => {
    if (meansFile(req.path) || !req.accepts('html')) return next()
    res.setHeader('Cache-Control', 'no-cache')
    res.sendFile('index.html', { root })
  })
}
