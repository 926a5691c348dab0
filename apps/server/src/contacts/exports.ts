import { bulkJob, type Handle } from '@baton/db'
import express, { type Request, type Router } from 'express'

export interface ExportParts {
  db: Handle
  whoIs(req: Request): Promise<{ id: string; role: string } | null>
}

/** `GET /:id.csv` gives the file of an export to whoever asked for it. Mount it at /api/exports. */
export function exportRouter({ db, whoIs }: ExportParts): Router {
  const router = express.Router()
  router.get('/:file', async (req, res) => {
    const who = await whoIs(req)
    if (!who) return void res.status(401).json({ error: { message: 'Sign in to go on.' } })
    const job = await bulkJob(db, String(req.params.file).replace(/\.csv$/, ''))
    if (!job || job.path === null || job.byId !== who.id || !['admin', 'marketer'].includes(who.role))
      return void res
        .status(404)
        .json({ error: { message: 'This export is not there any more, or somebody else asked for it. Export again.' } })
    res.type('text/csv; charset=utf-8')
    res.download(job.path, 'contacts.csv', (error) => {
      if (error && !res.headersSent) res.status(404).json({ error: { message: 'This export is not there any more. Export again.' } })
    })
  })
  return router
}
