/// <reference path="../raw.d.ts" />
import express from 'express'
import { browserScript } from '../browser-script.ts'
import type { Door } from '../http/app.ts'
import source from './visitor.browser.js?raw'

const script = browserScript(source)

/** `GET /t.js`: the script by which pages of a site tell what their visitors look at. The same for everybody; it names its key itself. */
export function visitorDoor(): Door {
  const router = express.Router()
  router.get('/', (_req, res) => {
    res.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'public, max-age=3600' })
    res.type('js').send(script)
  })
  return { path: '/t.js', router }
}
